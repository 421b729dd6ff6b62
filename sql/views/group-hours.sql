-- When were the members of the reported groups active? Grain: group × account × hour. Cost: activity joined with the members.
SELECT r.group_no AS group_no, a.account_hash AS account_hash, toUInt32(toUnixTimestamp(a.hour)) AS hour, toUInt32(sum(a.exchanges)) AS exchanges
FROM activity AS a INNER JOIN reported AS r ON a.account_hash = r.account_hash
GROUP BY group_no, account_hash, hour
ORDER BY group_no, hour, account_hash
