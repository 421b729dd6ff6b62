-- What came of an answer in another tick than its request? Grain: request × tick, at the later of both times; answer_bytes and output_tokens are what it adds to what came before.
-- Cost: the parts of the window and of the days beside it, and the requests they belong to.
SELECT time, asked_at, id_hash, chain, answer_bytes, output_tokens, finish
FROM
(
    SELECT
        sipHash64(r.id) AS id_hash,
        if(r.turn > 0 AND r.parent = 0 AND r.chain != 0, sipHash64(r.id), r.chain) AS chain,
        toUInt32(toUnixTimestamp(r.time)) AS asked_at,
        toUInt32(toUnixTimestamp(greatest(p.last, r.time))) AS time,
        p.tick = intDiv(toUnixTimestamp(r.time), {tick:UInt32}) AS prompt,
        p.finish AS finish,
        toUInt32(max(p.answer_bytes) OVER so_far - max(p.answer_bytes) OVER before) AS answer_bytes,
        toUInt32(max(p.output_tokens) OVER so_far - max(p.output_tokens) OVER before) AS output_tokens
    FROM
    (
        SELECT id, if((id, day) IN (SELECT id, day FROM exchanges WHERE day >= toDate(toDateTime({from:UInt32})) - 1 AND day <= toDate(toDateTime({to:UInt32})) AND part = 1), day, day - 1) AS asked,
            intDiv(toUnixTimestamp(time), {tick:UInt32}) AS tick, max(time) AS last,
            max(exchanges.answer_bytes) AS answer_bytes, max(exchanges.output_tokens) AS output_tokens, max(exchanges.finish) AS finish
        FROM exchanges
        WHERE day >= toDate(toDateTime({from:UInt32})) - 1 AND day <= toDate(toDateTime({to:UInt32})) AND bitAnd(part, 1) = 0
        GROUP BY id, asked, tick
    ) AS p
    INNER JOIN (SELECT id, day, time, turn, chain, parent FROM exchanges WHERE day >= toDate(toDateTime({from:UInt32})) - 1 AND time < toDateTime({to:UInt32}) AND part = 1) AS r ON p.id = r.id AND p.asked = r.day
    WINDOW
        so_far AS (PARTITION BY r.id, r.day ORDER BY prompt DESC, p.tick ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        before AS (PARTITION BY r.id, r.day ORDER BY prompt DESC, p.tick ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
WHERE NOT prompt AND chain != 0 AND time >= {from:UInt32} AND time < {to:UInt32}
ORDER BY time, id_hash
