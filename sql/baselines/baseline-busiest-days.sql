-- How many exchanges did each account have on its busiest day? Grain: account. Cost: activity.
SELECT account_hash, toUInt32(max(n)) AS most
FROM (SELECT account_hash, day, sum(exchanges) AS n FROM activity GROUP BY account_hash, day)
GROUP BY account_hash
ORDER BY account_hash
