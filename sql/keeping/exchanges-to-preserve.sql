-- Which exchanges of these accounts are worth preserving: those that are cited, and of the rest `most` an account at random, the same for the same seed? Grain: exchange.
-- text_allowed: the account's contract says keep, as it holds now.
-- Cost: one pass over the days of the group's traffic.
SELECT account, id, time, model, platform, status, input_tokens, output_tokens, keys, toBool(is_cited) AS cited, toBool(latest = 'keep') AS text_allowed
FROM (
    SELECT account, id, min(exchanges.time) AS time, toString(any(exchanges.model)) AS model, toString(any(exchanges.platform)) AS platform,
        max(exchanges.status) AS status, max(exchanges.input_tokens) AS input_tokens, max(exchanges.output_tokens) AS output_tokens,
        arrayMap(key -> lower(hex(key)), arraySort(groupUniqArrayArray(exchanges.keys))) AS keys, id IN {cited:Array(String)} AS is_cited
    FROM exchanges
    WHERE account IN {accounts:Array(String)} AND day >= toDate({from:DateTime64(3)}) AND day <= toDate({to:DateTime64(3)})
        AND exchanges.time >= {from:DateTime64(3)} AND exchanges.time <= {to:DateTime64(3)}
    GROUP BY account, id
) AS e
LEFT ANY JOIN (SELECT account, argMax(text, from) AS latest FROM accounts FINAL GROUP BY account) AS a USING (account)
QUALIFY is_cited OR row_number() OVER (PARTITION BY account, is_cited ORDER BY sipHash64({seed:UInt64}, id), id) <= {most:UInt32}
ORDER BY account, time, id
