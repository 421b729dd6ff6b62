-- Which landed rows were rejected, and why? Grain: one row a line.
SELECT row, toString(reason) AS reason FROM landing WHERE reason != '' ORDER BY row
