-- Do exchanges of a window come in parts, and do requests name an earlier answer instead of repeating it (stateful chats)? Grain: one row. Cost: four narrow columns.
SELECT toUInt64(countIf(part != 7)) AS parts, toUInt64(countIf(turn > 0 AND parent = 0 AND chain != 0)) AS stateful FROM exchanges
WHERE day >= toDate(toDateTime({from:UInt32})) AND day <= toDate(toDateTime({to:UInt32}) - 1) AND time >= toDateTime({from:UInt32}) AND time < toDateTime({to:UInt32})
