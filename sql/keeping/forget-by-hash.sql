-- Forgets the rows of the accounts in `forgetting` in a table that knows its accounts by their hash. Grain: the row. Cost: the parts that hold any are written anew.
ALTER TABLE {table:Identifier} DELETE WHERE account_hash IN (SELECT account_hash FROM forgetting) SETTINGS mutations_sync = 1
