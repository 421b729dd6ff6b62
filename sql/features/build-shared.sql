-- Which keys of a range did at least two accounts use? Grain: one row a key. Cost: one pass over the range's pairs, its keys in memory.
-- Not aggregated in order: that opens every part at once, and the insert keeps a whole block for the few rows that are left of it.
INSERT INTO shared
SELECT key
FROM pairs
WHERE key BETWEEN {from:UInt64} AND {to:UInt64}
GROUP BY key
HAVING min(account_hash) < max(account_hash)
