-- What was done, by whom, to what, in the order it was done. Grain: one row a step. Only ever added to.
-- details: canonical JSON. hash: SHA-256 of the row's canonical form, which holds the hash before it (`previous`).
-- signature: of the hash, on the last row of each change.
CREATE TABLE audit (
    sequence INTEGER NOT NULL PRIMARY KEY,
    time TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    details TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    signature TEXT
) STRICT;
