-- Which pieces of answers were issued to which account on a day, in a span of it? Grain: day × piece × account, once a span. Cost: the span's answers.
INSERT INTO issued
SELECT {day:Date}, piece, account_hash, min(time) AS first
FROM exchanges ARRAY JOIN issued AS piece
WHERE day = {day:Date} AND time >= toDateTime({from:UInt32}) AND time < toDateTime({to:UInt32})
GROUP BY piece, account_hash
