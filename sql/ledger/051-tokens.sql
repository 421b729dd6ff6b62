-- By what machines call the server. Grain: one row a token; one that is revoked stays. scopes: JSON list.
-- sha256: of the token, which is kept nowhere. line_rate, byte_rate: the most it may send a second; null: no limit of its own.
CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    line_rate REAL,
    byte_rate REAL,
    created TEXT NOT NULL,
    revoked TEXT
) STRICT;
