-- Who may do a task that only one process may do, until when. Grain: one row a task. `token` grows with every holder.
-- until_ms: milliseconds since 1970 by the store's clock; 0 once given back.
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    token INTEGER NOT NULL,
    until_ms INTEGER NOT NULL
) STRICT;
