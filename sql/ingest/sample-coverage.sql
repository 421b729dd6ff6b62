-- Of how many exchanges of a sample does the engine know each thing? Grain: one row; parts of one id are one exchange. Cost: the landing table, with its texts.
SELECT
    toUInt32(count()) AS exchanges,
    toUInt32(countIf(bitAnd(parts, 1) = 1)) AS request,
    toUInt32(countIf(words)) AS request_text,
    toUInt32(countIf(fingerprinted)) AS fingerprints,
    toUInt32(countIf(answered)) AS answer,
    toUInt32(countIf(ended)) AS finish,
    toUInt32(countIf(counted)) AS usage,
    toUInt32(countIf(limited)) AS max_tokens,
    toUInt32(countIf(system)) AS system_prompt,
    toUInt32(countIf(tools)) AS tools,
    toUInt32(countIf(later)) AS earlier_turns,
    toUInt32(countIf(modelled)) AS model,
    toUInt32(countIf(credentialed)) AS credential,
    toUInt32(countIf(organized)) AS organization,
    toUInt32(countIf(ended_user)) AS end_user,
    toUInt32(countIf(client)) AS client,
    toUInt32(countIf(network)) AS network,
    toUInt32(countIf(platformed)) AS platform,
    toUInt32(countIf(regional)) AS region,
    toUInt32(countIf(statused)) AS http_status,
    toUInt32(countIf(priced)) AS billed,
    toUInt32(countIf(foreign)) AS other_secret
FROM
(
    SELECT
        groupBitOr(part) AS parts,
        max(notEmpty(tokens)) AS words,
        max(prompt = '' AND notEmpty(tokens)) AS fingerprinted,
        max(answer_bytes > 0) AS answered,
        max(finish > 0) AS ended,
        max(input_tokens + output_tokens > 0) AS counted,
        max(max_tokens > 0) AS limited,
        max(arrayExists(key -> bitAnd(key, 15) = 4, keys)) AS system,
        max(arrayExists(key -> bitAnd(key, 15) = 6, keys)) AS tools,
        max(turn > 0) AS later,
        max(model != '') AS modelled,
        max(credential != 0) AS credentialed,
        max(organization != '') AS organized,
        max(end_user != 0) AS ended_user,
        max(arrayExists(key -> bitAnd(key, 15) = 9, keys)) AS client,
        max(arrayExists(key -> bitAnd(key, 15) = 10, keys)) AS network,
        max(platform != '') AS platformed,
        max(region != '') AS regional,
        max(status > 0) AS statused,
        max(billed > 0) AS priced,
        max(secret != {secret:String}) AS foreign
    FROM landing
    WHERE reason = ''
    GROUP BY id
)
SETTINGS prefer_column_name_to_alias = 1
