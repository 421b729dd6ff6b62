-- How much traffic was there in the seven days up to the last exchange? Grain: one row; without traffic its counts are 0. Cost: one pass over the week's narrow columns.
WITH (SELECT max(time) FROM exchanges) AS last
SELECT toString(last) AS until, uniqExact(account_hash) AS accounts, toUInt64(countIf(bitAnd(part, 1) = 1)) AS exchanges,
    sum(input_tokens) + sum(output_tokens) AS tokens, sum(billed) AS billed
FROM exchanges
WHERE day >= toDate(last) - 7 AND time > last - INTERVAL 7 DAY
