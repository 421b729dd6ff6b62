-- How many exchanges does each member of a reported group have, and how many carry its keys? Grain: group × account; before: up to the alert.
-- A part belongs to the request of its id on its own UTC day, else on the day before.
-- Cost: one pass over keys, joined with the members.
SELECT
    r.group_no AS group_no, e.account_hash AS account_hash, any(e.account) AS name,
    toUInt64(count()) AS exchanges,
    toUInt64(countIf(empty(k.keys) OR length(arrayIntersect(e.keys, k.keys)) >= k.required)) AS carrying,
    toUInt64(countIf(toUnixTimestamp(e.time) < r.detected)) AS exchanges_before,
    toUInt64(countIf(toUnixTimestamp(e.time) < r.detected AND (empty(k.keys) OR length(arrayIntersect(e.keys, k.keys)) >= k.required))) AS carrying_before,
    toUInt64(sum(greatest(e.input_tokens, p.input_tokens))) AS all_input, toUInt64(sum(greatest(e.output_tokens, p.output_tokens))) AS all_output,
    toUInt64(sumIf(greatest(e.input_tokens, p.input_tokens), empty(k.keys) OR length(arrayIntersect(e.keys, k.keys)) >= k.required)) AS carrying_input,
    toUInt64(sumIf(greatest(e.output_tokens, p.output_tokens), empty(k.keys) OR length(arrayIntersect(e.keys, k.keys)) >= k.required)) AS carrying_output,
    toUInt32(toUnixTimestamp(min(e.time))) AS first, toUInt32(toUnixTimestamp(max(e.time))) AS last
FROM exchanges AS e
INNER JOIN reported AS r ON e.account_hash = r.account_hash
INNER JOIN reported_keys AS k ON k.group_no = r.group_no
LEFT ANY JOIN (
    SELECT id, if((id, day) IN (SELECT id, day FROM exchanges WHERE part = 1 AND account_hash IN (SELECT account_hash FROM reported)), day, day - 1) AS asked,
        max(exchanges.input_tokens) AS input_tokens, max(exchanges.output_tokens) AS output_tokens
    FROM exchanges
    WHERE bitAnd(part, 1) = 0 AND account_hash IN (SELECT account_hash FROM reported)
    GROUP BY id, asked
) AS p ON e.id = p.id AND e.day = p.asked
WHERE bitAnd(e.part, 1) = 1
GROUP BY group_no, account_hash
ORDER BY group_no, name
