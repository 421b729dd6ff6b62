-- How much of a window's latest traffic carries each field that signals read, and of how many accounts? Grain: one row a platform and field, of the 20 busiest platforms. Cost: rows of the window from its end backwards, `most` of them.
SELECT
    platform,
    field,
    toUInt32(count()) AS exchanges,
    toUInt32(uniqExact(account)) AS accounts,
    toUInt32(countIf(carried)) AS with_field,
    toUInt32(uniqExactIf(account, carried)) AS accounts_with_field
FROM
(
    SELECT
        any(platform) AS platform,
        any(account_hash) AS account,
        [
            max(notEmpty(tokens)),
            max(answer_bytes > 0),
            max(input_tokens + output_tokens > 0),
            max(model != ''),
            max(credential != 0),
            max(arrayExists(key -> bitAnd(key, 15) = 10, keys)),
            max(arrayExists(key -> bitAnd(key, 15) = 9, keys))
        ] AS has
    FROM
    (
        SELECT *
        FROM exchanges
        WHERE time >= fromUnixTimestamp({from:UInt32}) AND time < fromUnixTimestamp({to:UInt32})
        ORDER BY time DESC
        LIMIT {most:UInt32}
    )
    GROUP BY id
)
ARRAY JOIN
    ['request', 'response', 'usage', 'model', 'credential', 'client.ip', 'client.user_agent'] AS field,
    has AS carried
GROUP BY platform, field
ORDER BY exchanges DESC, platform, field
LIMIT 140
SETTINGS prefer_column_name_to_alias = 1
