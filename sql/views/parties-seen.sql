-- How many parties of an agreement sent anything, and how many of them does their newest line not name it for? first_day: of all traffic that is kept. Grain: one row. Cost: one pass over the account column.
WITH
    lines AS (SELECT account, argMax(organization, from) AS organization, argMax(agreement, from) AS agreement FROM accounts FINAL GROUP BY account),
    parties AS
    (
        SELECT account FROM lines WHERE has({organizations:Array(String)}, organization)
        UNION DISTINCT
        SELECT arrayJoin({accounts:Array(String)}) AS account
    )
SELECT toUInt64(uniqExact(account)) AS parties,
    toUInt64(uniqExactIf(account, account NOT IN (SELECT account FROM lines WHERE agreement = {id:String}))) AS unnamed,
    assumeNotNull(toString((SELECT min(day) FROM exchanges))) AS first_day
FROM exchanges
WHERE account IN (SELECT account FROM parties)
