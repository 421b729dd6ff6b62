-- On which days before a day is there anything of exchanges? All tables are asked, so that a forgetting that was cut short is finished. Grain: one row a day.
-- Cost: parts before that day, of which there are few.
SELECT DISTINCT toString(day) AS day
FROM
(
    SELECT day FROM exchanges WHERE day < {before:Date}
    UNION ALL SELECT day FROM pairs WHERE day < {before:Date}
    UNION ALL SELECT day FROM issued WHERE day < {before:Date}
    UNION ALL SELECT day FROM activity WHERE day < {before:Date}
)
ORDER BY day
