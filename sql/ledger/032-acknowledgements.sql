-- Who enforces decisions, and how far each had read the ledger when it was last heard. Grain: one row a gateway.
-- sequence: the number of the audit's row up to which it has loaded what is decided.
CREATE TABLE gateways (
    name TEXT NOT NULL PRIMARY KEY,
    sequence INTEGER NOT NULL,
    seen TEXT NOT NULL
) STRICT;
-- When each gateway said first that it had read so far, for a week. Grain: gateway × number.
CREATE TABLE acknowledgements (
    gateway TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    time TEXT NOT NULL,
    PRIMARY KEY (gateway, sequence)
) STRICT;
