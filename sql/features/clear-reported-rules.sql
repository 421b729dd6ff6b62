-- Empties reported_rules before a judge's next report. Grain: the table.
TRUNCATE TABLE reported_rules
