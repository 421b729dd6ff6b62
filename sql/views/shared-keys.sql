-- Which keys can link accounts? Grain: one row a key, ascending. Cost: the table.
SELECT DISTINCT key FROM shared ORDER BY key
