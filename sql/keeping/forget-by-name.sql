-- Forgets the rows of the accounts in `forgetting` in a table that names its accounts. Grain: the row. Cost: the parts that hold any are written anew.
ALTER TABLE {table:Identifier} DELETE WHERE account IN (SELECT account FROM forgetting) SETTINGS mutations_sync = 1
