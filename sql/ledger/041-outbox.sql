-- What other services are asked to do about an account because of a step, and what came of it. Grain: one row a command.
-- id: idempotency key, made of what it is about, so that the same step never makes another. recipient: empty for the provider's own account service, else who gets a referral.
-- lifts: number of the command that this one takes back. claimed: until when a node has it in hand. applied: done, of a referral: written.
CREATE TABLE commands (
    number INTEGER NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    recipient TEXT NOT NULL,
    command TEXT NOT NULL CHECK (command IN ('suspend', 'limit', 'verify', 'rotate_key', 'lift')),
    decision INTEGER NOT NULL,
    case_number INTEGER NOT NULL,
    reason_code TEXT NOT NULL,
    expires TEXT NOT NULL,
    lifts INTEGER,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'applied', 'refused', 'failed', 'withdrawn')),
    queued TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    first_sent TEXT,
    next TEXT NOT NULL,
    claimed TEXT,
    settled TEXT,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX commands_by_account ON commands (account);
CREATE INDEX commands_by_state ON commands (state);
CREATE INDEX commands_by_decision ON commands (decision, account);
-- Whether the outbox is stopped, on all nodes. Grain: one row, none until it was first stopped. lifts_go: 1 where lifts are sent nevertheless.
CREATE TABLE outbox_switch (
    name TEXT NOT NULL PRIMARY KEY,
    stopped TEXT,
    stopped_by TEXT NOT NULL,
    lifts_go INTEGER NOT NULL
) STRICT;
