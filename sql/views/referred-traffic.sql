-- What did these accounts send on each UTC day, through these platforms (all where none is named)? end_users: how many their aggregator told apart. Grain: account × day. Cost: one pass over narrow columns of these accounts.
SELECT account, toString(day) AS date, toUInt64(countIf(bitAnd(part, 1) = 1)) AS exchanges,
    toUInt64(uniqExactIf(end_user, end_user != 0)) AS end_users, toUInt32(toUnixTimestamp(min(time))) AS first, toUInt32(toUnixTimestamp(max(time))) AS last,
    groupUniqArrayIf(toString(model), model != '') AS models
FROM exchanges
WHERE account IN {accounts:Array(String)} AND (empty({platforms:Array(String)}) OR has({platforms:Array(String)}, toString(platform)))
GROUP BY account, day
ORDER BY account, day
