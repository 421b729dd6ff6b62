-- What did each account do in each hour of a day, in a span of it? Grain: hour × account, once a span. Cost: the span's narrow columns. Built last: it marks the span as done.
INSERT INTO activity
SELECT day, toStartOfHour(time) AS hour, account_hash, toUInt32(count()) AS rows,
    toUInt32(countIf(bitAnd(part, 1) = 1)) AS exchanges,
    sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens
FROM exchanges
WHERE day = {day:Date} AND time >= toDateTime({from:UInt32}) AND time < toDateTime({to:UInt32})
GROUP BY day, hour, account_hash
