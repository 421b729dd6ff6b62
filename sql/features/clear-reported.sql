-- Empties reported before a judge's next report. Grain: the table.
TRUNCATE TABLE reported
