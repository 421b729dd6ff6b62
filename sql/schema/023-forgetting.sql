-- Accounts being forgotten: statements name them by this table, so that no name stands in what the engine writes down of a deletion. Emptied after each use.
CREATE TABLE IF NOT EXISTS forgetting
(
    account String,
    account_hash UInt64 DEFAULT sipHash64(account)
)
ENGINE = Memory
