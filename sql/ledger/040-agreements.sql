-- Permissions to make training data of outputs. Grain: one row a version of an agreement; the newest holds, for all of the term. Only ever added to.
-- organizations, accounts, models: JSON lists; no model means all. Empty budget: none. document_sha256: of the signed paper, which stays elsewhere.
-- ended: when it was ended before its term; from then on nothing is covered.
CREATE TABLE agreements (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    customer TEXT NOT NULL,
    organizations TEXT NOT NULL,
    accounts TEXT NOT NULL,
    models TEXT NOT NULL,
    purpose TEXT NOT NULL,
    exchanges INTEGER,
    output_tokens INTEGER,
    holds_from TEXT NOT NULL,
    holds_until TEXT NOT NULL,
    document TEXT,
    document_sha256 TEXT,
    ended TEXT,
    recorded TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;
-- Whether an agreement's use was measured, and of whom. Grain: one row an agreement. until_time: the newest exchange of all traffic then.
-- parties: those that sent something; unnamed: those of them whose own lines don't name it.
CREATE TABLE agreement_use (
    agreement TEXT NOT NULL PRIMARY KEY,
    until_time TEXT NOT NULL,
    parties INTEGER NOT NULL,
    unnamed INTEGER NOT NULL
) STRICT;
-- What an agreement's parties used on a UTC day: on its models and in its term, and exchanges beside those. Grain: agreement × day.
-- Days that the warehouse still keeps are measured anew each time; the others stay.
CREATE TABLE agreement_days (
    agreement TEXT NOT NULL,
    day TEXT NOT NULL,
    exchanges INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    outside_term INTEGER NOT NULL,
    outside_models INTEGER NOT NULL,
    PRIMARY KEY (agreement, day)
) STRICT;
