-- Which accounts presented an answer that was issued to another one before? Grain: presenter × issuer × piece, at its first time.
-- issuers and presenters: how many accounts have the piece at all. Cost: one join with the presented side in memory.
SELECT
    toUInt32(toUnixTimestamp(min(p.time))) AS time, p.account_hash AS presenter, i.account_hash AS issuer, p.piece AS piece,
    toUInt32(any(counts.issuers)) AS issuers, toUInt32(any(counts.presenters)) AS presenters
FROM issued AS i
INNER JOIN (SELECT min(time) AS time, account_hash, arrayJoin(presented) AS piece FROM exchanges WHERE notEmpty(presented) GROUP BY account_hash, piece) AS p ON i.piece = p.piece
INNER JOIN
(
    SELECT piece, uniqExact(issuer) AS issuers, uniqExact(presenter) AS presenters
    FROM
    (
        SELECT i.piece AS piece, i.account_hash AS issuer, p.account_hash AS presenter
        FROM issued AS i INNER JOIN (SELECT DISTINCT account_hash, arrayJoin(presented) AS piece FROM exchanges WHERE notEmpty(presented)) AS p ON i.piece = p.piece
    )
    GROUP BY piece
) AS counts ON counts.piece = p.piece
WHERE i.account_hash != p.account_hash AND i.first <= p.time
GROUP BY presenter, issuer, piece
ORDER BY time, presenter, issuer, piece
