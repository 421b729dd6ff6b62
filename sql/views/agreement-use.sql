-- What did some accounts use, by model, and when? hashes are decimal. Grain: model. Cost: one pass over narrow columns.
SELECT toString(model) AS model, toUInt64(countIf(bitAnd(part, 1) = 1)) AS exchanges, toUInt64(sum(exchanges.output_tokens)) AS tokens,
    toUInt32(toUnixTimestamp(min(time))) AS first, toUInt32(toUnixTimestamp(max(time))) AS last
FROM exchanges
WHERE toString(account_hash) IN {hashes:Array(String)}
GROUP BY model
ORDER BY model
