-- Which ids of a sample repeat, which exchanges stand under several ids, and do numbered ids leave numbers out? Grain: one row. Cost: the landing table's ids.
-- Numbered: the ids that share the commonest beginning and end in a number of at most 15 digits. A number's gap is the way to the next one here; 1 is a neighbour.
WITH numbered AS
(
    SELECT DISTINCT replaceRegexpOne(id, '\\d+$', '') AS beginning, toUInt64OrZero(extract(id, '(\\d+)$')) AS number
    FROM landing
    WHERE reason = '' AND match(id, '(^|\\D)\\d{1,15}$')
)
SELECT
    (SELECT toUInt32(count() - uniqExact(id, part)) FROM landing WHERE reason = '') AS repeats,
    (SELECT toUInt32(count() - uniqExact(account_hash, time, chain, issued)) FROM (SELECT account_hash, time, chain, issued FROM landing WHERE reason = '' AND chain != 0 AND notEmpty(issued) LIMIT 1 BY id)) AS twins,
    toUInt32(count()) AS numbers,
    toUInt32(countIf(gap = 1)) AS neighbours,
    toUInt32(least(1000000000, quantileExact(0.5)(toUInt64(gap)))) AS usual_gap
FROM
(
    SELECT leadInFrame(number, 1, number) OVER (ORDER BY number ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) - number AS gap
    FROM numbered
    WHERE beginning = (SELECT beginning FROM numbered GROUP BY beginning ORDER BY count() DESC, beginning LIMIT 1)
)
SETTINGS prefer_column_name_to_alias = 1
