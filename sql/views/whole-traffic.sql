-- What did the judge's window see, in the order it happened, where nothing in it came in parts? Grain and columns: those of traffic.sql. Cost: the window's columns; traffic.sql also looks at every id of the window's days, which is why this stands beside it.
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
    answer_bytes,
    output_tokens,
    max_tokens,
    choices,
    finish,
    keys,
    tokens
FROM exchanges
WHERE exchanges.day >= toDate(toDateTime({from:UInt32})) AND exchanges.day <= toDate(toDateTime({to:UInt32}) - 1) AND exchanges.time >= toDateTime({from:UInt32}) AND exchanges.time < toDateTime({to:UInt32})
ORDER BY exchanges.time, exchanges.id, part
