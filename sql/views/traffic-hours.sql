-- How much does everyone send an hour? Grain: hour.
SELECT toUInt32(toUnixTimestamp(hour)) AS hour, toUInt64(sum(exchanges)) AS exchanges FROM activity GROUP BY hour ORDER BY hour
