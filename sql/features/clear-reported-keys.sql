-- Empties reported_keys before a judge's next report. Grain: the table.
TRUNCATE TABLE reported_keys
