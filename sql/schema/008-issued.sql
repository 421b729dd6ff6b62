-- Pieces of answers and the account they were issued to. Grain: day × piece × account, with the first time. Rebuilt a day at a time.
CREATE TABLE IF NOT EXISTS issued
(
    day Date,
    piece UInt64 CODEC(Delta(8), ZSTD(1)),
    account_hash UInt64 CODEC(ZSTD(1)),
    first DateTime64(3, 'UTC') CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY day
ORDER BY (piece, account_hash)
