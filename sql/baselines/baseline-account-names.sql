-- What are the accounts called? Grain: account. Cost: one pass over names.
SELECT account_hash, any(account) AS account FROM exchanges GROUP BY account_hash ORDER BY account_hash
