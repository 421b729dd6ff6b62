-- When and how much do the members of reported groups work, and one in so many other accounts? Grain: account. Cost: one pass over activity.
-- A day is 24 hours from the account's first one on; by_hour counts exchanges by hour of the UTC day. sampled: taken whether it is reported or not.
SELECT account_hash, toUInt8(intHash64(account_hash) % {one_in:UInt32} = 0) AS sampled,
    toUInt32(any(first)) AS first, toUInt32(max(last)) AS last, toUInt32(sum(sent)) AS exchanges, toUInt32(count()) AS days,
    toUInt32(sumIf(sent, day_no = 0)) AS first_day, toUInt32(max(sent)) AS busiest_day, CAST(sumForEach(hours) AS Array(UInt32)) AS by_hour
FROM
(
    SELECT account_hash, any(began) AS first, intDiv(at - began, 86400) AS day_no, sum(exchanges) AS sent, max(at) AS last,
        sumForEach(arrayMap(h -> if(h = intDiv(at, 3600) % 24, exchanges, 0), range(24))) AS hours
    FROM
    (
        SELECT account_hash, exchanges, toUnixTimestamp(hour) AS at, min(toUnixTimestamp(hour)) OVER (PARTITION BY account_hash) AS began
        FROM activity
        WHERE exchanges > 0 AND (intHash64(account_hash) % {one_in:UInt32} = 0 OR account_hash IN (SELECT account_hash FROM reported))
    )
    GROUP BY account_hash, day_no
)
GROUP BY account_hash
ORDER BY account_hash
