-- What was asked, where text was kept? Grain: exchange.
SELECT id, prompt FROM texts WHERE id IN {ids:Array(String)} ORDER BY id LIMIT 1 BY id
