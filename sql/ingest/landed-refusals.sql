-- Which landed rows were refused, and why? Grain: one row a line, in order.
SELECT row, toString(reason) AS reason FROM landing WHERE reason != '' AND NOT startsWith(reason, 'set aside: ') AND row >= {from:UInt64} ORDER BY row LIMIT {most:UInt32}
