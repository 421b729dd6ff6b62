-- Which of its keys does an account share, with how many others, and how many accounts share such keys with anybody? Grain: kind of key.
-- keys: its own keys that others have; others: accounts that have one of them; usual: accounts that share a key of the kind.
-- Cost: one ordered pass over pairs.
WITH
    sipHash64({account:String}) AS asked,
    held AS
    (
        SELECT key, account_hash FROM pairs
        UNION ALL
        SELECT bitOr(bitAnd(means.1, 18446744073709551600), means.2) AS key, sipHash64(account) AS account_hash
        FROM accounts FINAL ARRAY JOIN [(payment, toUInt64(11)), (phone, toUInt64(12)), (device, toUInt64(13))] AS means
        WHERE means.1 != 0
    ),
    together AS (SELECT key FROM held GROUP BY key HAVING min(account_hash) < max(account_hash)),
    own AS (SELECT DISTINCT key FROM held WHERE account_hash = asked)
SELECT toUInt8(bitAnd(key, 15)) AS kind,
    toUInt64(uniqExactIf(key, key IN (SELECT key FROM own))) AS keys,
    toUInt64(uniqExactIf(account_hash, account_hash != asked AND key IN (SELECT key FROM own))) AS others,
    toUInt64(uniqExact(account_hash)) AS usual
FROM held
WHERE key IN (SELECT key FROM together)
GROUP BY kind
HAVING keys > 0
ORDER BY kind
