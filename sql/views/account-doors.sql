-- Through which platforms did these accounts come, and whose accounts are they? Grain: account. Cost: one pass over narrow columns of these accounts.
SELECT account, max(parent) AS parent, groupUniqArrayArray(platforms) AS platforms
FROM
(
    SELECT account, '' AS parent, groupUniqArray(toString(platform)) AS platforms FROM exchanges WHERE account IN {accounts:Array(String)} GROUP BY account
    UNION ALL
    SELECT account, argMax(parent, from) AS parent, [] AS platforms FROM accounts FINAL WHERE account IN {accounts:Array(String)} GROUP BY account
)
GROUP BY account
ORDER BY account
