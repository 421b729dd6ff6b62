-- In which hour did an account first exceed so many exchanges on one day? Grain: account that did. Cost: activity, ordered by account.
SELECT account_hash, toUInt32(toUnixTimestamp(min(hour))) AS time
FROM
(
    SELECT account_hash, hour, sum(exchanges) OVER (PARTITION BY account_hash, day ORDER BY hour) AS so_far
    FROM activity
)
WHERE so_far > {threshold:UInt32}
GROUP BY account_hash
ORDER BY time, account_hash
