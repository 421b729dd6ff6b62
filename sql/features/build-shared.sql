-- Which keys did at least two accounts use? Grain: one row a key. Cost: one ordered pass over pairs, constant memory.
INSERT INTO shared
SELECT key, toUInt32(least(4294967295, uniq(account_hash))) AS accounts
FROM pairs
GROUP BY key
HAVING min(account_hash) < max(account_hash)
SETTINGS optimize_aggregation_in_order = 1
