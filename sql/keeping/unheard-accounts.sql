-- How many lines about accounts are older than is kept? Those last heard before a day of accounts that have no exchange left,
-- and those that another line had replaced before that day. Grain: one row. Cost: the names of accounts in exchanges, where there is one to ask about.
SELECT
    countIf(heard < {before:Date} AND account NOT IN (SELECT account FROM exchanges WHERE account IN (SELECT account FROM accounts WHERE heard < {before:Date}))) AS silent,
    countIf((account, from) IN (SELECT account, arrayJoin(arrayPopBack(arraySort(groupUniqArray(from)))) FROM accounts WHERE from < {before:Date} GROUP BY account)) AS replaced
FROM accounts
