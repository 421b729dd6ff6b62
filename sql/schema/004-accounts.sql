-- What the provider says of its accounts. Grain: one row a line of input; a line holds from its own time on.
-- payment, phone and device are keyed hashes; 0 is none.
CREATE TABLE IF NOT EXISTS accounts
(
    account String,
    from DateTime64(3, 'UTC'),
    organization String,
    parent String,
    created Nullable(DateTime64(3, 'UTC')),
    plan LowCardinality(String),
    credits Float64,
    program LowCardinality(String),
    email_domain String,
    payment UInt64,
    phone UInt64,
    device UInt64,
    payment_country LowCardinality(String),
    country LowCardinality(String),
    verification_level LowCardinality(String),
    verification_method LowCardinality(String),
    verified_at Nullable(DateTime64(3, 'UTC')),
    terms_version LowCardinality(String),
    protected Bool,
    status LowCardinality(String),
    suspended Nullable(DateTime64(3, 'UTC')),
    agreement String,
    text LowCardinality(String)
)
ENGINE = ReplacingMergeTree
ORDER BY (account, from)
