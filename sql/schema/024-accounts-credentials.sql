-- Keys that the provider says are the account's: keyed hashes of their ids, by the secret that was current when the line came.
ALTER TABLE accounts ADD COLUMN IF NOT EXISTS credentials Array(UInt64)
