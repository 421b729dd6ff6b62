-- What is known of these accounts, and what did they do in the week up to a moment? Grain: each account that was asked for.
-- since: the earlier of creation and first exchange, in seconds, 0 where neither is known. Cost: a pass over activity's hours, and over the week's narrow columns.
SELECT account, protected, organization, program, agreement,
    multiIf(created = 0, first_seen, first_seen = 0, created, least(created, first_seen)) AS since,
    exchanges, tokens, billed
FROM (SELECT arrayJoin({accounts:Array(String)}) AS account) AS asked
LEFT ANY JOIN (
    SELECT account, argMax(protected, from) AS protected, argMax(organization, from) AS organization,
        toString(argMax(program, from)) AS program, argMax(agreement, from) AS agreement,
        toUInt32(ifNull(greatest(0, toUnixTimestamp(argMax(created, from))), 0)) AS created
    FROM accounts FINAL WHERE account IN {accounts:Array(String)} GROUP BY account
) AS said USING (account)
LEFT ANY JOIN (
    SELECT account, toUInt32(toUnixTimestamp(min(hour))) AS first_seen
    FROM activity
    INNER JOIN (SELECT arrayJoin({accounts:Array(String)}) AS account, sipHash64(account) AS account_hash) AS named USING (account_hash)
    GROUP BY account
) AS seen USING (account)
LEFT ANY JOIN (
    SELECT account, toUInt64(countIf(bitAnd(part, 1) = 1)) AS exchanges, sum(input_tokens) + sum(output_tokens) AS tokens, sum(billed) AS billed
    FROM exchanges
    WHERE account IN {accounts:Array(String)} AND day >= toDate({until:DateTime64(3)}) - 7
        AND time > {until:DateTime64(3)} - INTERVAL 7 DAY AND time <= {until:DateTime64(3)}
    GROUP BY account
) AS week USING (account)
ORDER BY account
