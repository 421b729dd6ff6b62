-- What the review of a case's accounts is planned by, and what a step on them would touch. All null until they are measured.
-- since: the earlier of its creation and its first exchange. week_*: in the seven days up to the end of all traffic.
ALTER TABLE case_members ADD COLUMN measured TEXT;
ALTER TABLE case_members ADD COLUMN protected INTEGER;
ALTER TABLE case_members ADD COLUMN since TEXT;
ALTER TABLE case_members ADD COLUMN organization TEXT;
ALTER TABLE case_members ADD COLUMN program TEXT;
ALTER TABLE case_members ADD COLUMN agreement TEXT;
ALTER TABLE case_members ADD COLUMN week_exchanges INTEGER;
ALTER TABLE case_members ADD COLUMN week_tokens INTEGER;
ALTER TABLE case_members ADD COLUMN week_billed REAL;
-- What the account's evidence was when it was opened, or found to be something; null for the case as a whole.
ALTER TABLE reviews ADD COLUMN account_sha256 TEXT;
-- All accounts' traffic in the same seven days. Grain: one row, once measured.
CREATE TABLE traffic_week (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number = 1),
    measured TEXT NOT NULL,
    until TEXT NOT NULL,
    accounts INTEGER NOT NULL,
    exchanges INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    billed REAL NOT NULL
) STRICT;
