-- Which keys did at least two accounts use? Grain: one row a key. Cost: one ordered pass over pairs; what exceeds the memory given goes to disk.
INSERT INTO shared
SELECT key
FROM pairs
GROUP BY key
HAVING min(account_hash) < max(account_hash)
SETTINGS optimize_aggregation_in_order = 1, max_bytes_before_external_group_by = 400000000, max_threads = 1
