-- Records the refused rows first to next − 1 of the segment as lines of their file, once. Grain: one row a line.
INSERT INTO rejected
SELECT {file:String} AS file, {line:UInt64} + row - {first:UInt64} AS line, reason
FROM landing
WHERE reason != '' AND row >= {first:UInt64} AND row < {next:UInt64}
    AND ({file:String}, {line:UInt64} + row - {first:UInt64}) NOT IN (SELECT file, line FROM rejected WHERE file = {file:String})
