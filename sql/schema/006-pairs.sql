-- Which account used which key on which day. Grain: day × key × account. The low four bits of a key are its kind. Rebuilt a day at a time.
CREATE TABLE IF NOT EXISTS pairs
(
    day Date,
    key UInt64 CODEC(Delta(8), ZSTD(1)),
    account_hash UInt64 CODEC(ZSTD(1)),
    n UInt32
)
ENGINE = MergeTree
PARTITION BY day
ORDER BY (key, account_hash)
