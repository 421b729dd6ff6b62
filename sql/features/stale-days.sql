-- Which days have features of other rows than those before `until`? Grain: one row a day. Cost: the time column, and one of activity.
SELECT toString(day) AS day
FROM (SELECT day, count() AS rows FROM exchanges WHERE time < toDateTime({until:UInt32}) GROUP BY day) AS e
FULL JOIN (SELECT day, sum(rows) AS rows FROM activity GROUP BY day) AS a USING (day)
WHERE e.rows != a.rows
ORDER BY day
