-- Which account holds which shared key? Grain: key × account, by key. Cost: one ordered pass over pairs.
SELECT key, account_hash
FROM pairs
WHERE bitAnd(key, 15) IN {kinds:Array(UInt8)} AND key IN (SELECT key FROM shared)
GROUP BY key, account_hash
ORDER BY key, account_hash
SETTINGS optimize_aggregation_in_order = 1
