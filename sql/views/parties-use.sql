-- What did the parties of an agreement use on each UTC day, on its models and in its term, and what else? from and until: seconds. Grain: day. Cost: one pass over narrow columns of its parties.
-- Parties: accounts named, and those whose newest line says one of the organizations.
-- A part belongs to the request of its id on its own UTC day, else on the day before; tokens that several parts state count once.
WITH
    parties AS
    (
        SELECT account FROM accounts FINAL GROUP BY account HAVING has({organizations:Array(String)}, argMax(organization, from))
        UNION DISTINCT
        SELECT arrayJoin({accounts:Array(String)}) AS account
    )
SELECT toString(asked) AS date,
    toUInt64(sumIf(requests, in_term AND on_model)) AS exchanges,
    toUInt64(sumIf(output, in_term AND on_model)) AS output_tokens,
    toUInt64(sumIf(requests, NOT in_term)) AS outside_term,
    toUInt64(sumIf(requests, in_term AND NOT on_model)) AS outside_models
FROM
(
    SELECT if(bitAnd(part, 1) = 1 OR (id, day) IN (SELECT id, day FROM exchanges WHERE part = 1 AND account IN (SELECT account FROM parties)), day, day - 1) AS asked,
        countIf(bitAnd(part, 1) = 1) AS requests, max(output_tokens) AS output, toUnixTimestamp(min(time)) AS began,
        began >= {from:UInt32} AND began < {until:UInt32} AS in_term,
        empty({models:Array(String)}) OR has({models:Array(String)}, max(model)) AS on_model
    FROM exchanges
    WHERE account IN (SELECT account FROM parties)
    GROUP BY id, asked
)
GROUP BY asked
ORDER BY asked
