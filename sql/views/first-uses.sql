-- When did an account first use each model, and by which exchange? Grain: account, of reported groups and one in so many others; models in order of time.
-- Cost: one pass over models and ids, narrowed to the accounts first.
SELECT account_hash, arrayMap(x -> x.2, uses) AS models, arrayMap(x -> toUInt32(toUnixTimestamp(x.1)), uses) AS times, arrayMap(x -> x.3, uses) AS ids
FROM
(
    SELECT account_hash, arraySort(groupArray((first, used, first_id))) AS uses
    FROM
    (
        SELECT account_hash, toString(model) AS used, min(time) AS first, argMin(id, (time, id)) AS first_id
        FROM exchanges
        PREWHERE intHash64(account_hash) % {one_in:UInt32} = 0 OR account_hash IN (SELECT account_hash FROM reported)
        WHERE bitAnd(part, 1) = 1 AND model != ''
        GROUP BY account_hash, used
    )
    GROUP BY account_hash
)
ORDER BY account_hash
