-- The keys of the groups a judge is about to report. Grain: group; no keys: all exchanges of its accounts count. Emptied before each use.
CREATE TABLE IF NOT EXISTS reported_keys
(
    group_no UInt32,
    required UInt32,
    keys Array(UInt64)
)
ENGINE = Memory
