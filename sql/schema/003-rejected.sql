-- Lines that were not accepted, without their text. Grain: one row a line of a file.
CREATE TABLE IF NOT EXISTS rejected
(
    file String,
    line UInt64,
    reason LowCardinality(String)
)
ENGINE = MergeTree
ORDER BY (file, line)
