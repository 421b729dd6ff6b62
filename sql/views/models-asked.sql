-- Which models were asked from one day to another, how often, and since which of these days? Grain: model. Cost: narrow columns of those days.
SELECT toString(model) AS name, toUInt64(count()) AS exchanges, toString(min(day)) AS first
FROM exchanges
WHERE day BETWEEN {from:Date} AND {to:Date} AND bitAnd(part, 1) = 1
GROUP BY model
ORDER BY name
