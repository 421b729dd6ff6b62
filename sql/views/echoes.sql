-- When was each piece of an answer that came back elsewhere first issued to, or first presented by, each account? Grain: piece × account × side, in order of time.
-- Only exchanges before `until`, whose features must be derived, and only pieces that one account presented after another had been issued them. Cost: one join with the presented side in memory.
WITH
    presented AS (SELECT min(time) AS first, account_hash, arrayJoin(presented) AS piece FROM exchanges WHERE time < toDateTime({until:UInt32}) AND notEmpty(presented) GROUP BY account_hash, piece),
    echoed AS (SELECT DISTINCT i.piece AS piece FROM issued AS i INNER JOIN presented AS p ON i.piece = p.piece WHERE i.account_hash != p.account_hash AND i.first <= p.first)
SELECT toUInt32(toUnixTimestamp(first)) AS time, account_hash, piece, presents
FROM
(
    SELECT min(first) AS first, account_hash, piece, toUInt8(0) AS presents FROM issued WHERE piece IN (SELECT piece FROM echoed) GROUP BY account_hash, piece
    UNION ALL
    SELECT first, account_hash, piece, toUInt8(1) AS presents FROM presented WHERE piece IN (SELECT piece FROM echoed)
)
ORDER BY first, presents, piece, account_hash
