-- What did each member of a reported group send, by the rules that an exchange meets and by model? Grain: group × account × rules × model; before: up to the alert; bit n of `rules`: it meets rule n.
-- A part belongs to the request of its id on its own UTC day, else on the day before.
-- Cost: one pass over keys, joined with the members; small blocks, as the join repeats a group's rules in every row.
SELECT
    r.group_no AS group_no, e.account_hash AS account_hash, any(e.account) AS name, e.model AS model,
    toUInt32(arraySum(rule -> if(empty(rule.3) OR length(arrayIntersect(e.keys, rule.3)) >= rule.2, bitShiftLeft(toUInt32(1), rule.1), toUInt32(0)), k.rules)) AS rules,
    toUInt64(count()) AS exchanges, toUInt64(countIf(toUnixTimestamp(e.time) < r.detected)) AS exchanges_before,
    toUInt64(sum(greatest(e.input_tokens, p.input_tokens))) AS input_tokens,
    toUInt64(sum(greatest(e.cached_tokens, p.cached_tokens))) AS cached_tokens,
    toUInt64(sum(greatest(e.output_tokens, p.output_tokens))) AS output_tokens,
    sum(greatest(e.billed, p.billed)) AS billed,
    toUInt32(toUnixTimestamp(min(e.time))) AS first, toUInt32(toUnixTimestamp(max(e.time))) AS last
FROM exchanges AS e
INNER JOIN reported AS r ON e.account_hash = r.account_hash
INNER JOIN (SELECT group_no, groupArray((rule, required, keys)) AS rules FROM reported_rules GROUP BY group_no) AS k ON k.group_no = r.group_no
LEFT ANY JOIN (
    SELECT id, if((id, day) IN (SELECT id, day FROM exchanges WHERE part = 1 AND account_hash IN (SELECT account_hash FROM reported)), day, day - 1) AS asked,
        max(exchanges.input_tokens) AS input_tokens, max(exchanges.cached_tokens) AS cached_tokens, max(exchanges.output_tokens) AS output_tokens, max(exchanges.billed) AS billed
    FROM exchanges
    WHERE bitAnd(part, 1) = 0 AND account_hash IN (SELECT account_hash FROM reported)
    GROUP BY id, asked
) AS p ON e.id = p.id AND e.day = p.asked
WHERE bitAnd(e.part, 1) = 1
GROUP BY group_no, account_hash, model, rules
ORDER BY group_no, name, model, rules
SETTINGS max_block_size = 4096
