-- How many pairs are there? Grain: one row. Cost: none, parts know their rows.
SELECT count() AS pairs FROM pairs
