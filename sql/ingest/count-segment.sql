-- How many lines landed, and how many were fine? Grain: one row.
SELECT toUInt32(count()) AS lines, toUInt32(countIf(reason = '')) AS fine, toUInt32(countIf(reason != '')) AS rejected FROM landing
