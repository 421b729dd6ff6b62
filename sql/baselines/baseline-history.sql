-- What do requests before a time look like? A sample by the hash of the id. Grain: request. Cost: one pass, the sample in memory.
SELECT tokens
FROM exchanges
WHERE bitAnd(part, 1) = 1 AND length(tokens) >= 4 AND time < fromUnixTimestamp({until:UInt32})
ORDER BY sipHash64(id, {seed:UInt32})
LIMIT {most:UInt32}
