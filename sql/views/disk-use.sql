-- How much disk do the tables take? Grain: one row. Cost: metadata.
SELECT toUInt64(sum(bytes_on_disk)) AS bytes FROM system.parts WHERE active AND database = currentDatabase()
