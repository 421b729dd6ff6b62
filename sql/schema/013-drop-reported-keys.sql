-- Its one rule a group is rule 0 of `reported_rules`.
DROP TABLE IF EXISTS reported_keys
