-- Raw text, only of accounts whose contract allows it, until a day. Grain: what one account sent of one segment; `batch` is a hash of its ids.
-- `sealed` is base64 of nonce, ciphertext and tag (AES-256-GCM) of zstd of a JSON array of {id, prompt, answer}; the key is in text_keys.
CREATE TABLE IF NOT EXISTS sealed_texts
(
    until Date,
    account String CODEC(ZSTD(1)),
    batch UInt64,
    ids Array(String) CODEC(ZSTD(1)),
    sealed String CODEC(ZSTD(1)),
    INDEX by_id ids TYPE bloom_filter GRANULARITY 1
)
ENGINE = ReplacingMergeTree
PARTITION BY until
ORDER BY (account, batch)
