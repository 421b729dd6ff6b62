-- Which days of deletion have come? Grain: one row a day. Cost: one narrow column of the texts and keys there are.
SELECT DISTINCT toString(until) AS day
FROM (SELECT until FROM sealed_texts WHERE until < {today:Date} UNION ALL SELECT until FROM text_keys WHERE until < {today:Date})
ORDER BY day
