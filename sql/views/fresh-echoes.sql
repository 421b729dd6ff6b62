-- What happened in a span to pieces of answers that came back elsewhere? Grain: piece × account × side, in order of time: first issued, by whoever and whenever, or first presented in the span.
-- Pieces that somebody presented in the span after another had been issued them (`echoed`), and pieces of which somebody was the second to be issued one. Features must be derived. Cost: the span's pieces, looked up in issued.
WITH
    presented AS
    (
        SELECT min(time) AS first, account_hash, arrayJoin(presented) AS piece FROM exchanges
        WHERE day >= toDate(toDateTime({from:UInt32})) AND day <= toDate(toDateTime({to:UInt32}) - 1) AND time >= toDateTime({from:UInt32}) AND time < toDateTime({to:UInt32}) AND notEmpty(presented)
        GROUP BY account_hash, piece
    ),
    given AS
    (
        SELECT piece, account_hash, min(first) AS first FROM issued
        WHERE piece IN (SELECT piece FROM presented UNION ALL SELECT piece FROM issued WHERE day >= toDate(toDateTime({from:UInt32})) AND first >= toDateTime({from:UInt32}))
        GROUP BY piece, account_hash
    ),
    echoed AS (SELECT DISTINCT g.piece AS piece FROM given AS g INNER JOIN presented AS p ON g.piece = p.piece WHERE g.account_hash != p.account_hash AND g.first <= p.first)
SELECT toUInt32(toUnixTimestamp(first)) AS time, account_hash, piece, presents, echoed
FROM
(
    SELECT first, account_hash, piece, toUInt8(0) AS presents, toUInt8(piece IN (SELECT piece FROM echoed)) AS echoed FROM given
    WHERE piece IN (SELECT piece FROM echoed) OR piece IN (SELECT piece FROM given GROUP BY piece HAVING min(account_hash) != max(account_hash))
    UNION ALL
    SELECT first, account_hash, piece, toUInt8(1) AS presents, toUInt8(1) AS echoed FROM presented WHERE piece IN (SELECT piece FROM echoed)
)
ORDER BY first, presents, piece, account_hash
