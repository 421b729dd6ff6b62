-- What an account did in an hour: sufficient statistics of volumes, hours and use. Grain: hour × account; rows counts lines, exchanges counts ids. Rebuilt a day at a time.
CREATE TABLE IF NOT EXISTS activity
(
    day Date,
    hour DateTime('UTC'),
    account_hash UInt64 CODEC(ZSTD(1)),
    rows UInt32,
    exchanges UInt32,
    input_tokens UInt64,
    output_tokens UInt64
)
ENGINE = MergeTree
PARTITION BY day
ORDER BY (hour, account_hash)
