-- Keys that at least two accounts used. Grain: one row a key. Rebuilt from pairs.
CREATE TABLE IF NOT EXISTS shared
(
    key UInt64 CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
ORDER BY key
