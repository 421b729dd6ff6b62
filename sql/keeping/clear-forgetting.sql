-- Empties forgetting before and after its use. Grain: the table.
TRUNCATE TABLE forgetting
