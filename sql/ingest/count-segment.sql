-- How many lines landed, how many were fine, and how many are no exchange though nothing is wrong with them? Grain: one row.
SELECT
    toUInt32(countIf(NOT startsWith(reason, 'set aside: '))) AS lines,
    toUInt32(countIf(reason = '')) AS fine,
    toUInt32(countIf(reason != '' AND NOT startsWith(reason, 'set aside: '))) AS rejected,
    toUInt32(countIf(reason = 'set aside: embeddings calls')) AS embeddings
FROM landing
