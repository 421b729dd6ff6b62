-- Which account used which key on a day? Grain: day × key × account. Cost: the day's keys.
INSERT INTO pairs
SELECT {day:Date}, key, account_hash, toUInt32(count()) AS n
FROM exchanges ARRAY JOIN keys AS key
WHERE day = {day:Date}
GROUP BY key, account_hash
