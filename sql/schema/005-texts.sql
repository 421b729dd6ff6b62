-- Raw text, only of accounts whose contract allows it, until a day. Grain: one row an exchange.
CREATE TABLE IF NOT EXISTS texts
(
    until Date,
    id String CODEC(ZSTD(1)),
    account String CODEC(ZSTD(1)),
    prompt String CODEC(ZSTD(1)),
    answer String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY until
ORDER BY id
