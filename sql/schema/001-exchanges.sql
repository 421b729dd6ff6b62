-- Every accepted exchange, as fingerprints. Grain: one row a line of input (a whole exchange, or a part of one).
-- Rows are additive: parts of one id carry only their own columns. Sorted by time, so that a judge streams it in order.
CREATE TABLE IF NOT EXISTS exchanges
(
    day Date,
    time DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    id String CODEC(ZSTD(1)),
    part UInt8,
    account String CODEC(ZSTD(1)),
    account_hash UInt64 CODEC(ZSTD(1)),
    organization String CODEC(ZSTD(1)),
    credential UInt64 CODEC(ZSTD(1)),
    end_user UInt64 CODEC(ZSTD(1)),
    platform LowCardinality(String),
    region LowCardinality(String),
    model LowCardinality(String),
    status UInt16,
    secret LowCardinality(String),
    script UInt8,
    turn UInt16,
    chain UInt64 CODEC(ZSTD(1)),
    parent UInt64 CODEC(ZSTD(1)),
    keys Array(UInt64) CODEC(ZSTD(1)),
    tokens Array(UInt16) CODEC(ZSTD(1)),
    presented Array(UInt64) CODEC(ZSTD(1)),
    issued Array(UInt64) CODEC(ZSTD(1)),
    intent UInt32,
    prompt_bytes UInt32 CODEC(ZSTD(1)),
    answer_bytes UInt32 CODEC(ZSTD(1)),
    max_tokens UInt32,
    choices UInt8,
    finish UInt8,
    input_tokens UInt32 CODEC(ZSTD(1)),
    cached_tokens UInt32,
    output_tokens UInt32 CODEC(ZSTD(1)),
    reasoning_tokens UInt32,
    billed Float64 CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY day
ORDER BY (time, id, part)
