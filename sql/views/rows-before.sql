-- How many rows of each day are before a time? Grain: day. Cost: the time column of the last day; of the others the parts know.
SELECT toString(e.day) AS day, e.rows AS rows
FROM
(
    SELECT day, count() AS rows FROM exchanges WHERE day < toDate(toDateTime({until:UInt32})) GROUP BY day
    UNION ALL
    SELECT day, count() AS rows FROM exchanges WHERE day = toDate(toDateTime({until:UInt32})) AND time < toDateTime({until:UInt32}) GROUP BY day
) AS e
