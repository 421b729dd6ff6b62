-- What may leave of the landed lines: each accepted one as an exchange of fingerprints only, in the form that land-segment.sql reads back to the same row. Grain: one line, in order. Cost: the landing table.
SELECT formatRowNoNewline('JSONEachRow', id, time, part, account, organization, platform, region, model, http_status, billed, usage, fingerprints) AS line
FROM
(
SELECT
    row, id, time,
    transform(part, [1, 2, 4], ['request', 'response', 'usage'], 'whole') AS part,
    account, organization, platform, region, model,
    status AS http_status,
    billed,
    CAST(tuple(input_tokens, cached_tokens, output_tokens, reasoning_tokens), 'Tuple(input UInt32, cached UInt32, output UInt32, reasoning UInt32)') AS usage,
    CAST(tuple(secret, script, turn, chain, parent, keys, tokens, presented, issued, intent, prompt_bytes, answer_bytes, max_tokens, choices, finish, credential, end_user), 'Tuple(secret String, script UInt8, turn UInt16, chain UInt64, parent UInt64, keys Array(UInt64), tokens Array(UInt16), presented Array(UInt64), issued Array(UInt64), intent UInt32, prompt_bytes UInt32, answer_bytes UInt32, max_tokens UInt32, choices UInt8, finish UInt8, credential UInt64, end_user UInt64)') AS fingerprints
FROM landing
WHERE reason = ''
)
ORDER BY row
SETTINGS date_time_output_format = 'iso', output_format_json_named_tuples_as_objects = 1
