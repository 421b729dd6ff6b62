-- Who asked some models from one day to another, how often? credential and end_user are keyed hashes; 0 where none was given.
-- Grain: account × credential × end user × model. Cost: narrow columns of those days.
SELECT account, credential, end_user, toString(model) AS name, toUInt64(count()) AS exchanges
FROM exchanges
WHERE day BETWEEN {from:Date} AND {to:Date} AND bitAnd(part, 1) = 1 AND toString(model) IN {models:Array(String)}
GROUP BY account, credential, end_user, model
ORDER BY account, credential, end_user, name
