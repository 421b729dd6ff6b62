-- Which account used which key on a day, in a span of it? Grain: day × key × account, once a span. Cost: the span's keys.
INSERT INTO pairs
SELECT {day:Date}, key, account_hash, toUInt32(count()) AS n
FROM exchanges ARRAY JOIN keys AS key
WHERE day = {day:Date} AND time >= toDateTime({from:UInt32}) AND time < toDateTime({to:UInt32})
GROUP BY key, account_hash
