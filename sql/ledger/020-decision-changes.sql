-- By which change of the ledger a step on an account came to be as it is: the number of that change's first row of the audit.
-- Whoever has read up to a number asks for what is beyond it.
ALTER TABLE decisions ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
UPDATE decisions SET changed = (SELECT coalesce(max(sequence), 0) FROM audit);
CREATE INDEX decisions_by_change ON decisions (changed, number, account);
