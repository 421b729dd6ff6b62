-- On which mail domain did the members of reported groups sign up, and one in so many other accounts? Grain: account that has one, by its latest line. Cost: the table.
SELECT sipHash64(account) AS account_hash, argMax(email_domain, from) AS mail_domain
FROM accounts FINAL
WHERE email_domain != '' AND (intHash64(sipHash64(account)) % {one_in:UInt32} = 0 OR sipHash64(account) IN (SELECT account_hash FROM reported))
GROUP BY account
ORDER BY account_hash
