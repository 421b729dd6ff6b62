-- From how many networks and with how many clients was one credential used on one UTC day, at its widest? Grain: account, of reported groups and one in so many others.
-- Widest: by the smaller of both numbers. examples: ids on different networks. Cost: one pass over keys and ids, narrowed to the accounts first.
SELECT account_hash, toUInt32(widest.1) AS networks, toUInt32(widest.2) AS clients, widest.3 AS examples
FROM
(
    SELECT account_hash, argMax((networks, clients, ids), (least(networks, clients), networks, clients, credential, day)) AS widest
    FROM
    (
        SELECT account_hash, credential, day, uniqExact(network) AS networks, uniqExact(client) AS clients, arraySlice(arraySort(groupUniqArray(id)), 1, 5) AS ids
        FROM
        (
            SELECT account_hash, credential, day, network, client, min(id) AS id
            FROM
            (
                SELECT account_hash, credential, day, id, arrayFirst(k -> bitAnd(k, 15) = 10, keys) AS network, arrayFirst(k -> bitAnd(k, 15) = 9, keys) AS client
                FROM exchanges
                PREWHERE intHash64(account_hash) % {one_in:UInt32} = 0 OR account_hash IN (SELECT account_hash FROM reported)
                WHERE bitAnd(part, 1) = 1 AND credential != 0
            )
            WHERE network != 0 AND client != 0
            GROUP BY account_hash, credential, day, network, client
        )
        GROUP BY account_hash, credential, day
    )
    GROUP BY account_hash
)
ORDER BY account_hash
