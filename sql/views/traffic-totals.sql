-- How much traffic is there, from when to when? Grain: one row. An exchange is a request, whole or in parts.
SELECT toString(min(time)) AS first, toString(max(time)) AS last, toString(min(day)) AS first_day, toString(max(day)) AS last_day,
    toUInt64(count()) AS rows, toUInt64(countIf(bitAnd(part, 1) = 1)) AS exchanges, uniqExact(account_hash) AS accounts,
    toUInt64(countIf(notEmpty(tokens))) AS with_request, toUInt64(countIf(answer_bytes > 0)) AS with_answer, toUInt64(countIf(output_tokens > 0)) AS with_usage,
    toUInt64(countIf(notEmpty(presented))) AS presenting, toUInt64(countIf(arrayExists(k -> bitAnd(k, 15) = 9, keys))) AS with_client, toUInt64(countIf(arrayExists(k -> bitAnd(k, 15) = 10, keys))) AS with_network,
    toUInt64(countIf(credential != 0)) AS with_credential, toUInt64(countIf(model != '')) AS with_model
FROM exchanges
