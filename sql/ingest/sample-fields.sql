-- Which fields do the lines of a segment have, at their top? Grain: one row a name. Cost: one parse of the lines.
SELECT field, toUInt32(count()) AS lines
FROM (SELECT arrayJoin(arrayDistinct(JSONExtractKeys(line))) AS field FROM file({path:String}, 'LineAsString', 'line String') WHERE startsWith(trimLeft(line), '{'))
GROUP BY field
ORDER BY lines DESC, field
LIMIT 200
