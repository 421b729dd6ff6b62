-- Do a member's exchanges that meet a rule come from elsewhere than its others? Grain: account. served: meets any rule of any group in `reported_rules`; others: the rest.
-- elsewhere: others from networks without served traffic; apart: of these, from a client without it too; settled: of these, on a network that the account uses again; other_keys: others through credentials without served traffic.
-- Cost: one pass over keys of the members' exchanges, then windows over an account's origins.
SELECT
    account_hash,
    toUInt64(sumIf(n, serves)) AS served, toUInt64(sumIf(n, NOT serves)) AS others,
    toUInt64(sumIf(n, NOT serves AND network != 0)) AS located,
    toUInt64(sumIf(n, NOT serves AND network != 0 AND on_network = 0)) AS elsewhere,
    toUInt64(sumIf(n, NOT serves AND network != 0 AND on_network = 0 AND client != 0 AND on_client = 0)) AS apart,
    toUInt64(sumIf(n, NOT serves AND network != 0 AND on_network = 0 AND others_there > 1)) AS settled,
    toUInt64(sumIf(n, serves AND network != 0 AND others_there > 0)) AS shared,
    toUInt64(sumIf(n, NOT serves AND credential != 0 AND on_credential = 0)) AS other_keys,
    toUInt32(minIf(first, serves)) AS first_served, toUInt32(maxIf(last, serves)) AS last_served,
    toUInt32(minIf(first, NOT serves)) AS first_other, toUInt32(maxIf(last, NOT serves)) AS last_other
FROM
(
SELECT
    *,
    sumIf(n, serves) OVER (PARTITION BY account_hash, network) AS on_network,
    sumIf(n, NOT serves) OVER (PARTITION BY account_hash, network) AS others_there,
    sumIf(n, serves) OVER (PARTITION BY account_hash, client) AS on_client,
    sumIf(n, serves) OVER (PARTITION BY account_hash, credential) AS on_credential
FROM
(
SELECT
    e.account_hash AS account_hash,
    arrayFirst(x -> bitAnd(x, 15) = 10, e.keys) AS network, arrayFirst(x -> bitAnd(x, 15) = 9, e.keys) AS client, e.credential AS credential,
    arrayExists(rule -> empty(rule.2) OR length(arrayIntersect(e.keys, rule.2)) >= rule.1, k.rules) AS serves,
    count() AS n, toUnixTimestamp(min(e.time)) AS first, toUnixTimestamp(max(e.time)) AS last
FROM exchanges AS e
INNER JOIN (
    SELECT account_hash, groupArray((required, keys)) AS rules
    FROM reported INNER JOIN reported_rules USING (group_no)
    GROUP BY account_hash
) AS k ON k.account_hash = e.account_hash
WHERE bitAnd(e.part, 1) = 1
GROUP BY account_hash, network, client, credential, serves
)
)
GROUP BY account_hash
ORDER BY account_hash
SETTINGS max_block_size = 4096
