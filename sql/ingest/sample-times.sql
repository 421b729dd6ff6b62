-- From when to when is a sample, in what order, and how finely are its times told? Grain: one row. Cost: the landing table's times, sorted by line.
SELECT
    toString(min(time)) AS first,
    toString(max(time)) AS last,
    toUInt32(count()) AS lines,
    toUInt32(countIf(time < before)) AS backward,
    toUInt32(max(if(time < before, dateDiff('second', time, before), 0))) AS furthest_back_seconds,
    toUInt32(countIf(toUnixTimestamp64Milli(time) % 1000 = 0)) AS whole_seconds,
    toUInt32(countIf(toUnixTimestamp64Milli(time) % 60000 = 0)) AS whole_minutes,
    toUInt32(max(at_once)) AS at_once
FROM
(
    SELECT time, lagInFrame(time, 1, time) OVER (ORDER BY row ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before, count() OVER (PARTITION BY time) AS at_once
    FROM landing
    WHERE reason = ''
)
SETTINGS prefer_column_name_to_alias = 1
