-- What did some accounts use, by model, and when? hashes are decimal. Grain: model. Cost: one pass over narrow columns.
-- A part belongs to the request of its id on its own UTC day, else on the day before; tokens that several parts state count once.
SELECT toString(named) AS model, toUInt64(sum(requests)) AS exchanges, toUInt64(sum(output)) AS tokens,
    toUInt32(toUnixTimestamp(min(began))) AS first, toUInt32(toUnixTimestamp(max(began))) AS last
FROM
(
    SELECT id, if(bitAnd(part, 1) = 1 OR (id, day) IN (SELECT id, day FROM exchanges WHERE part = 1 AND toString(account_hash) IN {hashes:Array(String)}), day, day - 1) AS asked,
        max(model) AS named, countIf(bitAnd(part, 1) = 1) AS requests, max(output_tokens) AS output, min(time) AS began
    FROM exchanges
    WHERE toString(account_hash) IN {hashes:Array(String)}
    GROUP BY id, asked
)
GROUP BY named
ORDER BY named
