-- What does every exchange hold that both ways must write alike, and how many fingerprints? Grain: one row an exchange.
SELECT account, toUnixTimestamp64Milli(time) AS sent, toString(account_hash) AS hash, organization, toString(credential) AS credential, toString(end_user) AS end_user,
    platform, region, model, status, secret, script, turn, intent, prompt_bytes, answer_bytes, max_tokens, choices, finish,
    input_tokens, cached_tokens, output_tokens, reasoning_tokens, parent = 0 AS first, chain != 0 AS chained
FROM exchanges
ORDER BY ALL
