-- What does the provider say of the accounts it told us about, of all or of those named? Grain: one row a line of input, in the order they hold; of those with one time, the last to arrive.
SELECT sipHash64(account) AS account_hash, account, toUInt32(greatest(0, toUnixTimestamp(from))) AS from,
    if(organization = '', toUInt64(0), sipHash64(organization)) AS organization_hash, organization, parent,
    toUInt32(ifNull(greatest(0, toUnixTimestamp(created)), 0)) AS created,
    toString(program) AS program, toString(plan) AS plan, email_domain, payment, phone, device,
    toString(verification_level) AS verification_level, protected, toUInt32(ifNull(toUnixTimestamp(suspended), 0)) AS suspended, agreement
FROM accounts FINAL
WHERE empty({only:Array(String)}) OR account IN {only:Array(String)}
ORDER BY account, from
