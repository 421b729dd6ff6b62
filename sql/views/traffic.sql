-- What did the judge's window see, in the order it happened? Grain: one row a request, by time and id. Cost: the window's columns; never sorted, the table is.
-- Parts of an answer count where they came in the request's own tick; the others are in late-parts.sql. A part belongs to the request of its id on its own UTC day, else on the day before.
-- A request that names an earlier answer instead of repeating it has a chain of its own; continued.sql knows its parent.
SELECT
    toUInt32(toUnixTimestamp(time)) AS time,
    account_hash,
    if(organization = '', toUInt64(0), sipHash64(organization)) AS organization_hash,
    sipHash64(id) AS id_hash,
    if(turn > 0 AND parent = 0 AND chain != 0, sipHash64(id), chain) AS chain,
    parent,
    turn,
    toUInt16(bitAnd(cityHash64(model), 65535)) AS model,
    script,
    toUInt8(notEmpty(presented)) AS presents,
    intent,
    greatest(exchanges.answer_bytes, rest.answer_bytes) AS answer_bytes,
    greatest(exchanges.output_tokens, rest.output_tokens) AS output_tokens,
    max_tokens,
    choices,
    greatest(exchanges.finish, rest.finish) AS finish,
    keys,
    tokens
FROM exchanges
LEFT ANY JOIN (
    SELECT id, if((id, day) IN (SELECT id, day FROM exchanges WHERE day >= toDate(toDateTime({from:UInt32})) AND day <= toDate(toDateTime({to:UInt32})) AND part = 1), day, day - 1) AS asked,
        intDiv(toUnixTimestamp(exchanges.time), {tick:UInt32}) AS tick,
        max(exchanges.answer_bytes) AS answer_bytes, max(exchanges.output_tokens) AS output_tokens, max(exchanges.finish) AS finish
    FROM exchanges
    WHERE day >= toDate(toDateTime({from:UInt32})) AND day <= toDate(toDateTime({to:UInt32})) AND bitAnd(part, 1) = 0
    GROUP BY id, asked, tick
) AS rest ON exchanges.id = rest.id AND exchanges.day = rest.asked AND intDiv(toUnixTimestamp(exchanges.time), {tick:UInt32}) = rest.tick
WHERE exchanges.day >= toDate(toDateTime({from:UInt32})) AND exchanges.day <= toDate(toDateTime({to:UInt32}) - 1) AND exchanges.time >= toDateTime({from:UInt32}) AND exchanges.time < toDateTime({to:UInt32}) AND bitAnd(exchanges.part, 1) = 1
ORDER BY exchanges.time, exchanges.id, part
