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
    answer_bytes,
    output_tokens,
    max_tokens,
    choices,
    finish,
    keys,
    tokens
FROM exchanges
WHERE day >= {from:Date} AND day < {to:Date} AND bitAnd(part, 1) = 1
ORDER BY time, exchanges.id, part
