-- How many rows does exchanges hold? Grain: one row. Cost: metadata.
SELECT count() AS exchanges FROM exchanges
