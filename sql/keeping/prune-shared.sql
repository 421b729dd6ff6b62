-- Forgets shared keys that fewer than two accounts have left. Grain: the key. Cost: one pass over pairs, the shared keys in memory.
ALTER TABLE shared DELETE
WHERE key NOT IN (SELECT key FROM pairs WHERE key IN (SELECT key FROM shared) GROUP BY key HAVING min(account_hash) < max(account_hash))
SETTINGS mutations_sync = 1
