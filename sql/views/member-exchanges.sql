-- How many exchanges does each member of a reported group have, and how many carry its keys? Grain: group × account; before: up to the alert.
-- Cost: one pass over keys, joined with the members.
SELECT
    r.group_no AS group_no, e.account_hash AS account_hash, any(e.account) AS name,
    toUInt64(count()) AS exchanges,
    toUInt64(countIf(empty(k.keys) OR length(arrayIntersect(e.keys, k.keys)) >= k.required)) AS carrying,
    toUInt64(countIf(toUnixTimestamp(time) < r.detected)) AS exchanges_before,
    toUInt64(countIf(toUnixTimestamp(time) < r.detected AND (empty(k.keys) OR length(arrayIntersect(e.keys, k.keys)) >= k.required))) AS carrying_before,
    toUInt64(sum(e.input_tokens)) AS all_input, toUInt64(sum(e.output_tokens)) AS all_output,
    toUInt64(sumIf(e.input_tokens, empty(k.keys) OR length(arrayIntersect(e.keys, k.keys)) >= k.required)) AS carrying_input,
    toUInt64(sumIf(e.output_tokens, empty(k.keys) OR length(arrayIntersect(e.keys, k.keys)) >= k.required)) AS carrying_output,
    toUInt32(toUnixTimestamp(min(time))) AS first, toUInt32(toUnixTimestamp(max(time))) AS last
FROM exchanges AS e
INNER JOIN reported AS r ON e.account_hash = r.account_hash
INNER JOIN reported_keys AS k ON k.group_no = r.group_no
WHERE bitAnd(part, 1) = 1
GROUP BY group_no, account_hash
ORDER BY group_no, name
