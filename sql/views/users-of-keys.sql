-- Whose are these keys, and the keys of these accounts? Those whose newest line names the key, else those who used it. Keys are keyed hashes; those made with another secret don't count.
-- accounts: 17 at most. Grain: key. Cost: two passes over narrow columns.
WITH owned AS (SELECT account, arrayJoin(argMax(credentials, from)) AS credential FROM accounts FINAL GROUP BY account)
SELECT toString(credential) AS key, if(max(owns) = 1, arraySort(groupUniqArrayIf(17)(account, owns = 1)), arraySort(groupUniqArray(17)(account))) AS accounts
FROM
(
    SELECT credential, account, 0 AS owns FROM exchanges WHERE credential != 0 AND toString(secret) = {secret:String}
    UNION ALL
    SELECT credential, account, 1 AS owns FROM owned
)
WHERE credential IN
(
    SELECT credential FROM exchanges WHERE account_hash IN (SELECT sipHash64(arrayJoin({accounts:Array(String)}))) AND toString(secret) = {secret:String}
    UNION DISTINCT
    SELECT credential FROM owned WHERE account IN (SELECT arrayJoin({accounts:Array(String)}))
    UNION DISTINCT
    SELECT toUInt64(arrayJoin({keys:Array(String)})) AS credential
)
GROUP BY credential
ORDER BY key
