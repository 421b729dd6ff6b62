-- What makes an exchange a reported group's: rule 0 gathers the group, the others are works found inside it. Grain: group × rule; no keys: all exchanges of its accounts count. Emptied before each use.
CREATE TABLE IF NOT EXISTS reported_rules
(
    group_no UInt32,
    rule UInt8,
    required UInt32,
    keys Array(UInt64)
)
ENGINE = Memory
