-- The groups a judge is about to report, for the statement that counts their exchanges. Grain: group × account. Emptied before each use.
CREATE TABLE IF NOT EXISTS reported
(
    group_no UInt32,
    account_hash UInt64,
    detected UInt32
)
ENGINE = Memory
