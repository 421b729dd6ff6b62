-- How many rows does exchanges hold on the days of the landed segment? Grain: one row. Cost: metadata.
SELECT toUInt32(count()) AS rows FROM exchanges WHERE day IN (SELECT day FROM landing WHERE reason = '')
