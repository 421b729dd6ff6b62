-- Access restrictions imposed from outside, in counsel's words. Grain: one row a directive. models, populations: JSON lists.
-- begins, ends: the window; without begins it begins when it is put in force, without ends it ends when it is lifted.
-- unknowns: what is done about a person of whom it isn't known whether the class is theirs.
CREATE TABLE directives (
    number INTEGER NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('draft', 'in_force', 'lifted')),
    class TEXT NOT NULL,
    models TEXT NOT NULL,
    populations TEXT NOT NULL,
    unknowns TEXT NOT NULL CHECK (unknowns IN ('deny', 'verify', 'allow')),
    begins TEXT,
    ends TEXT,
    words TEXT NOT NULL,
    remedy TEXT NOT NULL,
    drafted TEXT NOT NULL,
    drafted_by TEXT NOT NULL,
    enforced TEXT,
    enforced_by TEXT,
    lifted TEXT,
    lifted_by TEXT
) STRICT;
-- Whom a directive doesn't bind although it would. Grain: directive × whom. person: empty for all of the account or organization.
CREATE TABLE exemptions (
    directive INTEGER NOT NULL REFERENCES directives (number),
    scope TEXT NOT NULL CHECK (scope IN ('account', 'organization')),
    name TEXT NOT NULL,
    person TEXT NOT NULL,
    until TEXT NOT NULL,
    reason TEXT NOT NULL,
    made TEXT NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (directive, scope, name, person)
) STRICT;
-- Whether a class is a person's, by whom and how it was found, until when that holds. Grain: one row a statement; the latest of its
-- person and class holds. Only ever added to. person: as it is called within the account or organization; empty for all who have no
-- statement of their own. revision: the audit's row that records it; processes read on from the last they have seen.
CREATE TABLE attestations (
    scope TEXT NOT NULL CHECK (scope IN ('account', 'organization')),
    name TEXT NOT NULL,
    person TEXT NOT NULL,
    class TEXT NOT NULL,
    revision INTEGER NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('in', 'not_in', 'withdrawn')),
    method TEXT NOT NULL,
    expires TEXT NOT NULL,
    PRIMARY KEY (scope, name, person, class, revision)
) STRICT;
CREATE INDEX attestations_by_revision ON attestations (revision);
-- Whose an account or a credential is, and whether customers, staff or internal tools use it. Grain: one row a statement; the latest
-- of its name holds. organization: empty where there is none.
CREATE TABLE holders (
    kind TEXT NOT NULL CHECK (kind IN ('account', 'credential')),
    name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    organization TEXT NOT NULL,
    population TEXT NOT NULL CHECK (population IN ('customers', 'staff', 'tools')),
    PRIMARY KEY (kind, name, revision)
) STRICT;
CREATE INDEX holders_by_revision ON holders (revision);
-- Whom directives turned away, how often; when a day is over, its rows are hashed into the audit. Grain: directive × UTC day × account × person × model × why. person and model are empty in
-- the row that counts what was too much to be kept apart. action: deny or verify.
CREATE TABLE refusals (
    directive INTEGER NOT NULL REFERENCES directives (number),
    day TEXT NOT NULL,
    account TEXT NOT NULL,
    person TEXT NOT NULL,
    model TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('in', 'unknown')),
    action TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (directive, day, account, person, model, why)
) STRICT;
