-- Steps that one person proposed, or took alone breaking glass. Grain: one row a step. accounts, simulation: JSON.
-- lapses: until when somebody else may approve it. decision: the step, once it was taken. ends: when the step ends.
CREATE TABLE proposals (
    number INTEGER NOT NULL PRIMARY KEY,
    case_number INTEGER NOT NULL REFERENCES cases (number),
    step TEXT NOT NULL CHECK (step IN ('allow', 'limit', 'verify', 'withhold_reasoning', 'watermark', 'deny')),
    reason_code TEXT NOT NULL,
    ends TEXT NOT NULL,
    reason TEXT NOT NULL,
    whole_group INTEGER NOT NULL,
    accounts TEXT NOT NULL,
    simulation TEXT NOT NULL,
    broke_glass INTEGER NOT NULL,
    proposed TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    lapses TEXT NOT NULL,
    approved TEXT,
    approved_by TEXT,
    decision INTEGER
) STRICT;
CREATE INDEX proposals_by_case ON proposals (case_number);
-- By which rules cases are reviewed and steps taken. Grain: one row a version; the last approved one holds. policy: JSON.
CREATE TABLE review_policies (
    version INTEGER NOT NULL PRIMARY KEY,
    policy TEXT NOT NULL,
    reason TEXT NOT NULL,
    proposed TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    approved TEXT,
    approved_by TEXT
) STRICT;
