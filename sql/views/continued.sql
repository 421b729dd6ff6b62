-- Which requests of the window go on from an answer that they name instead of repeating it (previous_response_id), and from which request's? Grain: request that goes on.
-- The answer is the latest one issued to the same account of which the request presents a piece. Cost: the window's narrow columns, then look-ups of pieces and times by the tables' order.
WITH
    going AS (
        SELECT id, time, account_hash, arrayJoin(presented) AS piece FROM exchanges
        WHERE day >= toDate(toDateTime({from:UInt32})) AND day <= toDate(toDateTime({to:UInt32}) - 1) AND time >= toDateTime({from:UInt32}) AND time < toDateTime({to:UInt32}) AND bitAnd(part, 1) = 1 AND turn > 0 AND parent = 0 AND chain != 0
    ),
    answers AS (
        SELECT id, day, time, account_hash, part, issued, if(turn > 0 AND parent = 0 AND chain != 0, sipHash64(id), chain) AS own_chain FROM exchanges
        WHERE (day, time) IN (SELECT day, min(first) FROM issued WHERE day <= toDate(toDateTime({to:UInt32})) AND piece IN (SELECT piece FROM going) GROUP BY day, piece, account_hash) AND notEmpty(issued)
    ),
    named AS (
        SELECT id, time, account_hash, arrayJoin(issued) AS piece, own_chain FROM answers WHERE part = 7
        UNION ALL
        SELECT a.id AS id, a.time AS time, a.account_hash AS account_hash, arrayJoin(a.issued) AS piece,
            if(q.turn > 0 AND q.parent = 0 AND q.chain != 0, sipHash64(q.id), q.chain) AS own_chain
        FROM answers AS a
        INNER JOIN (
            SELECT id, day, turn, parent, chain FROM exchanges
            WHERE part = 1 AND (id, day) IN (SELECT id, arrayJoin([day, day - 1]) FROM answers WHERE part = 2)
        ) AS q ON a.id = q.id
        WHERE a.part = 2 AND (a.day = q.day OR a.day = q.day + 1)
    )
SELECT sipHash64(g.id) AS id_hash, argMax(n.own_chain, (n.time, n.id)) AS parent
FROM going AS g
INNER JOIN named AS n ON g.piece = n.piece AND g.account_hash = n.account_hash
WHERE n.time <= g.time AND n.id != g.id
GROUP BY g.id
ORDER BY id_hash
