-- How many accounts of a sample does the accounts file know, and what of them? Grain: one row. Cost: the landing table's accounts.
SELECT
    toUInt32(count()) AS accounts,
    toUInt32(countIf(known)) AS known,
    toUInt32(sum(exchanges)) AS exchanges,
    toUInt32(sumIf(exchanges, known)) AS exchanges_known,
    toUInt32(countIf(paying)) AS paying,
    toUInt32(countIf(organized)) AS organized,
    toUInt32(countIf(dated)) AS dated
FROM
(
    SELECT account, uniqExact(id) AS exchanges FROM landing WHERE reason = '' GROUP BY account
) AS seen
LEFT JOIN
(
    SELECT account, 1 AS known, max(payment + phone + device > 0) AS paying, max(organization != '') AS organized, max(created IS NOT NULL) AS dated
    FROM accounts
    GROUP BY account
) AS told ON seen.account = told.account
SETTINGS prefer_column_name_to_alias = 1
