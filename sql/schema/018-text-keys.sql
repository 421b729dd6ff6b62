-- The keys that texts are sealed with, wrapped by a key of the installation (`wrapping` is its id). Grain: account × day of deletion.
-- A key goes with its texts, and without it they can't be read.
CREATE TABLE IF NOT EXISTS text_keys
(
    until Date,
    account String CODEC(ZSTD(1)),
    wrapping LowCardinality(String),
    wrapped String
)
ENGINE = ReplacingMergeTree
PARTITION BY until
ORDER BY account
