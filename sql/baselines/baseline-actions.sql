-- What did each account do on a day, as the least hash in each of 128 bins of its (key, window) pairs? Grain: account × bin in use.
-- Windows are two spans long and begin every span, so that two uses of a key within a span meet in at least one. actions: the distinct pairs of the bin.
-- Cost: the day's shared keys twice.
SELECT account_hash, toUInt8(bitAnd(action, 127)) AS bin, toUInt32(min(bitShiftRight(action, 32))) AS least, toUInt32(uniqExact(action)) AS actions
FROM
(
    SELECT account_hash, cityHash64(key, arrayJoin([span, span - 1])) AS action
    FROM
    (
        SELECT account_hash, key, toInt64(intDiv(toUnixTimestamp(time), {seconds:UInt32})) AS span
        FROM exchanges ARRAY JOIN keys AS key
        WHERE day = {day:Date} AND bitAnd(key, 15) IN {kinds:Array(UInt8)}
    )
    WHERE key IN (SELECT key FROM shared)
)
GROUP BY account_hash, bin
ORDER BY account_hash, bin
