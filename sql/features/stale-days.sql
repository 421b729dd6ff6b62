-- Which days have rows their features do not know yet? Grain: one row a day. Cost: one column of activity.
SELECT toString(day) AS day
FROM (SELECT day, count() AS rows FROM exchanges GROUP BY day) AS e
LEFT JOIN (SELECT day, sum(rows) AS rows FROM activity GROUP BY day) AS a USING (day)
WHERE e.rows != a.rows
ORDER BY day
