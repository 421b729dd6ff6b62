-- Which keys did a second account begin to use in a span whose pairs are not built yet, who was the only one before, and since which day? Grain: key; holder 0: nobody was.
-- Cost: the keys of the span's requests, and one pass over the keys of pairs.
WITH used AS
(
    SELECT key, min(account_hash) AS least, max(account_hash) AS most
    FROM exchanges ARRAY JOIN keys AS key
    WHERE day >= toDate(toDateTime({from:UInt32})) AND day <= toDate(toDateTime({to:UInt32}) - 1) AND time >= toDateTime({from:UInt32}) AND time < toDateTime({to:UInt32})
    GROUP BY key
)
SELECT u.key AS key, p.least AS holder, toUInt32(toUnixTimestamp(toDateTime(p.since))) AS since
FROM used AS u
LEFT JOIN (SELECT key, min(account_hash) AS least, max(account_hash) AS most, min(day) AS since FROM pairs WHERE key IN (SELECT key FROM used) GROUP BY key) AS p ON u.key = p.key
WHERE p.least = p.most AND if(p.least = 0, u.least != u.most, u.least != p.least OR u.most != p.least)
ORDER BY key
