-- Who used these keys, and the keys that these accounts used? Keys are keyed hashes; those made with another secret don't count.
-- accounts: 17 at most. Grain: key. Cost: two passes over narrow columns.
SELECT toString(credential) AS key, arraySort(groupUniqArray(17)(account)) AS accounts
FROM exchanges
WHERE credential != 0 AND toString(secret) = {secret:String} AND credential IN
(
    SELECT credential FROM exchanges WHERE account_hash IN (SELECT sipHash64(arrayJoin({accounts:Array(String)}))) AND toString(secret) = {secret:String}
    UNION DISTINCT
    SELECT toUInt64(arrayJoin({keys:Array(String)})) AS credential
)
GROUP BY credential
ORDER BY key
