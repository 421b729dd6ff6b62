-- How many fingerprints are there, and what do all rows come to? Grain: one row.
SELECT toUInt32(count()) AS exchanges, toUInt32(sum(arrayCount(key -> bitAnd(key, 15) NOT IN (1, 5), keys))) AS traits, toUInt32(sum(arrayCount(key -> bitAnd(key, 15) IN (1, 5), keys))) AS shingles, avg(length(tokens)) AS tokens, uniqExact(id) AS ids,
    toString(sum(cityHash64(*))) AS rows, toUInt32(countIf(parent != 0)) AS later,
    toUInt32(countIf(parent != 0 AND parent IN (SELECT chain FROM exchanges))) AS followed
FROM exchanges
