-- What is kept of the accounts in `forgetting`? Grain: account × table, where there is anything. Cost: one pass over the names and hashes of accounts in all tables.
SELECT account, kept_in, rows
FROM
(
    SELECT account, 'exchanges' AS kept_in, count() AS rows FROM exchanges WHERE account IN (SELECT account FROM forgetting) GROUP BY account
    UNION ALL SELECT account, 'accounts' AS kept_in, count() AS rows FROM accounts WHERE account IN (SELECT account FROM forgetting) GROUP BY account
    UNION ALL SELECT account, 'sealed_texts' AS kept_in, count() AS rows FROM sealed_texts WHERE account IN (SELECT account FROM forgetting) GROUP BY account
    UNION ALL SELECT account, 'text_keys' AS kept_in, count() AS rows FROM text_keys WHERE account IN (SELECT account FROM forgetting) GROUP BY account
    UNION ALL SELECT f.account AS account, 'pairs' AS kept_in, count() AS rows FROM pairs AS p INNER JOIN forgetting AS f ON p.account_hash = f.account_hash GROUP BY account
    UNION ALL SELECT f.account AS account, 'issued' AS kept_in, count() AS rows FROM issued AS p INNER JOIN forgetting AS f ON p.account_hash = f.account_hash GROUP BY account
    UNION ALL SELECT f.account AS account, 'activity' AS kept_in, count() AS rows FROM activity AS p INNER JOIN forgetting AS f ON p.account_hash = f.account_hash GROUP BY account
)
ORDER BY account, kept_in
