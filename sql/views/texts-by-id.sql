-- What was asked, where text was kept? Grain: exchange.
SELECT id, any(prompt) AS prompt FROM texts WHERE id IN {ids:Array(String)} GROUP BY id ORDER BY id
