-- Which members of a reported group present a handle (a response id, a tool-call id, a reasoning signature) that another member was issued? Grain: group × presenter × issuer; at most 8 issuers a presenter.
-- Cost: the pieces presented by members, then a look-up of who was issued them.
WITH
    presented AS (
        SELECT account_hash, arrayJoin(arrayFilter(p -> bitTest(p, 0), presented)) AS piece, min(id) AS id
        FROM exchanges WHERE notEmpty(presented) AND account_hash IN (SELECT account_hash FROM reported) GROUP BY account_hash, piece
    ),
    handed AS (
        SELECT DISTINCT account_hash, piece FROM issued
        WHERE bitTest(piece, 0) AND account_hash IN (SELECT account_hash FROM reported) AND piece IN (SELECT piece FROM presented)
    )
SELECT r.group_no AS group_no, p.account_hash AS presenter, i.account_hash AS issuer, toUInt32(count()) AS handles, min(p.id) AS example
FROM presented AS p
INNER JOIN handed AS i ON p.piece = i.piece
INNER JOIN reported AS r ON r.account_hash = p.account_hash
INNER JOIN reported AS o ON o.account_hash = i.account_hash AND o.group_no = r.group_no
WHERE p.account_hash != i.account_hash
GROUP BY group_no, presenter, issuer
ORDER BY group_no, presenter, issuer
LIMIT 8 BY group_no, presenter
