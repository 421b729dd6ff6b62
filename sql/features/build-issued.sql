-- Which pieces of answers were issued to which account on a day? Grain: day × piece × account. Cost: the day's answers.
INSERT INTO issued
SELECT {day:Date}, piece, account_hash, min(time) AS first
FROM exchanges ARRAY JOIN issued AS piece
WHERE day = {day:Date}
GROUP BY piece, account_hash
