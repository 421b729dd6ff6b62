-- Which landed rows may keep their text, after a row of another page? Only those of accounts whose contract says keep. Grain: one row an exchange, in order.
SELECT account, id, leftUTF8(prompt, 4000) AS prompt, leftUTF8(answer, 4000) AS answer
FROM landing
WHERE reason = '' AND prompt != '' AND (account, id) > ({account:String}, {id:String})
    AND account IN (SELECT account FROM (SELECT account, argMax(text, from) AS latest FROM accounts FINAL GROUP BY account) WHERE latest = 'keep')
ORDER BY account, id
LIMIT 1 BY account, id
LIMIT {most:UInt32}
