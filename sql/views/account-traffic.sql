-- How much did an account send, from when to when? Grain: one row. Cost: one pass over a narrow column.
SELECT toUInt64(sum(exchanges)) AS exchanges, toUInt32(toUnixTimestamp(min(hour))) AS first, toUInt32(toUnixTimestamp(max(hour))) AS last
FROM activity WHERE account_hash = sipHash64({account:String})
