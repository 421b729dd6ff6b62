-- Who may do what. Grain: one row a person. Empty: whoever has the data folder may do all.
CREATE TABLE users (
    name TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'analyst', 'reviewer', 'responder', 'counsel', 'admin')),
    created TEXT NOT NULL,
    disabled TEXT
) STRICT;
-- A flagged group, and what people made of it. Grain: one row a group. group_json: the group as it was assessed last; empty once forgotten.
-- reopen_bits: an explained or overturned case comes back when the weaker axis reaches them.
CREATE TABLE cases (
    number INTEGER NOT NULL PRIMARY KEY,
    lineage TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('suspected', 'confirmed', 'explained', 'acted', 'upheld', 'overturned')),
    opened TEXT NOT NULL,
    updated TEXT NOT NULL,
    closed TEXT,
    assessment TEXT NOT NULL,
    accounts INTEGER NOT NULL,
    exchanges INTEGER NOT NULL,
    bits REAL NOT NULL,
    group_json TEXT NOT NULL,
    group_sha256 TEXT NOT NULL,
    explained_as TEXT,
    reopen_bits REAL,
    held TEXT,
    forgotten TEXT
) STRICT;
-- The accounts that a case was ever about. Grain: account × case. left_at: when they were members no more.
CREATE TABLE case_members (
    case_number INTEGER NOT NULL REFERENCES cases (number),
    account TEXT NOT NULL,
    role TEXT NOT NULL,
    share REAL NOT NULL,
    exchanges INTEGER NOT NULL,
    joined TEXT NOT NULL,
    left_at TEXT,
    PRIMARY KEY (case_number, account)
) STRICT;
CREATE INDEX case_members_by_account ON case_members (account);
-- What somebody opened before deciding, and found. Grain: one row a look. account: empty for the case as a whole.
CREATE TABLE reviews (
    case_number INTEGER NOT NULL REFERENCES cases (number),
    number INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    time TEXT NOT NULL,
    account TEXT NOT NULL,
    group_sha256 TEXT NOT NULL,
    finding TEXT CHECK (finding IN ('positive', 'legitimate', 'unclear')),
    PRIMARY KEY (case_number, number)
) STRICT;
-- What is to be done about an account, until when. Grain: step × account. lifted: when it was taken back.
CREATE TABLE decisions (
    number INTEGER NOT NULL,
    account TEXT NOT NULL,
    case_number INTEGER NOT NULL REFERENCES cases (number),
    step TEXT NOT NULL CHECK (step IN ('allow', 'limit', 'verify', 'withhold_reasoning', 'watermark', 'deny')),
    reason_code TEXT NOT NULL,
    made TEXT NOT NULL,
    made_by TEXT NOT NULL,
    expires TEXT NOT NULL,
    lifted TEXT,
    PRIMARY KEY (number, account)
) STRICT;
CREATE INDEX decisions_by_account ON decisions (account);
-- What verified decisions say of accounts. Grain: account × case.
CREATE TABLE labels (
    case_number INTEGER NOT NULL REFERENCES cases (number),
    account TEXT NOT NULL,
    label TEXT NOT NULL CHECK (label IN ('positive', 'legitimate')),
    time TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    PRIMARY KEY (case_number, account)
) STRICT;
