-- How many rejected lines were recorded before a day? Grain: one row.
SELECT count() AS lines FROM rejected WHERE heard < {before:Date}
