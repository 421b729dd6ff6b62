-- Empties the landing table before a segment. Grain: the table. Cost: none.
TRUNCATE TABLE landing
