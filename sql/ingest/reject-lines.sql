-- Records refused lines of a file, each once. Grain: one row a line of a file. Cost: the file's own refusals.
INSERT INTO rejected (file, line, reason)
SELECT {file:String} AS file, refused.1 AS line, refused.2 AS reason
FROM (SELECT arrayJoin(arrayZip({lines:Array(UInt64)}, {reasons:Array(String)})) AS refused)
WHERE line NOT IN (SELECT line FROM rejected WHERE file = {file:String})
LIMIT 1 BY line
