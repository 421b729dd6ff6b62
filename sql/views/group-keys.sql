-- How many members of each reported group carry each key of its rules in `reported_rules`, and how many accounts in all? Grain: group × key that anybody carries. Cost: these keys' pairs.
WITH
    asked AS (SELECT DISTINCT group_no, arrayJoin(keys) AS key FROM reported_rules),
    held AS (SELECT DISTINCT key, account_hash FROM pairs WHERE key IN (SELECT key FROM asked))
SELECT
    a.group_no AS group_no, a.key AS key,
    toUInt32(countIf((a.group_no, h.account_hash) IN (SELECT group_no, account_hash FROM reported))) AS members,
    toUInt32(count()) AS accounts
FROM asked AS a INNER JOIN held AS h ON a.key = h.key
GROUP BY group_no, key
ORDER BY group_no, key
