-- Which landed rows may keep their text, and until when? Only those of accounts whose contract says keep. Grain: one row an exchange.
INSERT INTO texts
SELECT {until:Date} AS until, id, account, left(prompt, 4000) AS prompt, left(answer, 4000) AS answer
FROM landing
WHERE reason = '' AND prompt != ''
    AND account IN (SELECT account FROM (SELECT account, argMax(text, from) AS latest FROM accounts FINAL GROUP BY account) WHERE latest = 'keep')
