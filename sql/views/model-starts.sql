-- When was each model first asked for, and how many accounts have asked for it? Grain: model, in order of time. Cost: one pass over narrow columns.
SELECT toString(model) AS name, toUInt32(toUnixTimestamp(min(time))) AS first, toUInt64(uniqExact(account_hash)) AS accounts
FROM exchanges
WHERE bitAnd(part, 1) = 1 AND model != ''
GROUP BY name
ORDER BY first, name
