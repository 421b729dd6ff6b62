-- What did the judge's window see, in the order it happened? Grain: one row a request, by time and id. Cost: the window's columns; never sorted, the table is.
SELECT
    toUInt32(toUnixTimestamp(time)) AS time,
    account_hash,
    if(organization = '', toUInt64(0), sipHash64(organization)) AS organization_hash,
    sipHash64(id) AS id_hash,
    chain,
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
    SELECT id, day, max(answer_bytes) AS answer_bytes, max(output_tokens) AS output_tokens, max(finish) AS finish
    FROM exchanges
    WHERE day >= {from:Date} AND day <= {to:Date} AND bitAnd(part, 1) = 0
    GROUP BY id, day
) AS rest ON exchanges.id = rest.id AND exchanges.day = rest.day
WHERE exchanges.day >= {from:Date} AND exchanges.day < {to:Date} AND bitAnd(exchanges.part, 1) = 1
ORDER BY exchanges.time, exchanges.id, part
