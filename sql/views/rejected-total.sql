-- How many lines were rejected so far? Grain: one row.
SELECT toUInt64(uniqExact((file, line))) AS rejected FROM rejected
