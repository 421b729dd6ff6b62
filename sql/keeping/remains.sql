-- What could still hold what was deleted from these tables: files of deleted rows, damaged parts that stand aside, deletions that have not ended, and shared keys with fewer than two accounts? Grain: one row.
SELECT
    assumeNotNull((SELECT count() FROM system.parts WHERE database = currentDatabase() AND NOT active AND rows > 0 AND table IN {tables:Array(String)})) AS files,
    assumeNotNull((SELECT count() FROM system.detached_parts WHERE database = currentDatabase() AND table IN {tables:Array(String)})) AS aside,
    assumeNotNull((SELECT count() FROM system.mutations WHERE database = currentDatabase() AND NOT is_done AND table IN {tables:Array(String)})) AS unfinished,
    assumeNotNull((SELECT count() FROM shared WHERE key NOT IN (SELECT key FROM pairs WHERE key IN (SELECT key FROM shared) GROUP BY key HAVING min(account_hash) < max(account_hash)))) AS orphans
