-- Empties shared before it is built again. Grain: the table.
TRUNCATE TABLE shared
