-- The exchanges that were kept when a group was first flagged. Grain: exchange × case. cited: 1 where the evidence cites it.
-- sealed: its content, encrypted; null once erased. sha256: of `sealed`; the audit holds the hash of all of a case.
CREATE TABLE evidence (
    case_number INTEGER NOT NULL REFERENCES cases (number),
    number INTEGER NOT NULL,
    account TEXT NOT NULL,
    exchange TEXT NOT NULL,
    time TEXT NOT NULL,
    cited INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    sealed TEXT,
    PRIMARY KEY (case_number, number)
) STRICT;
CREATE INDEX evidence_by_account ON evidence (account);
-- The keys that open it, wrapped by the ledger's. Grain: account × case. Without its key an account's evidence can't be read again.
CREATE TABLE evidence_keys (
    case_number INTEGER NOT NULL REFERENCES cases (number),
    account TEXT NOT NULL,
    wrapped TEXT NOT NULL,
    PRIMARY KEY (case_number, account)
) STRICT;
CREATE INDEX evidence_keys_by_account ON evidence_keys (account);
