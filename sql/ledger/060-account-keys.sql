-- Which accounts used the keys that accounts with steps used, so that a question that names a key alone can be answered. Grain: key × account.
-- key: its id's keyed hash, decimal, as the warehouse has it. account: empty where the key is used by more accounts than are listed, or by one that was forgotten.
-- changed: number of the first row of the audit of the change that added it.
CREATE TABLE account_keys (
    key TEXT NOT NULL,
    account TEXT NOT NULL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (key, account)
) STRICT;
CREATE INDEX account_keys_by_change ON account_keys (changed);
CREATE INDEX account_keys_by_account ON account_keys (account);
