-- Which of these accounts had presented which of these pieces before a time? Grain: account × piece. Cost: a narrow column of the traffic before, and what these accounts presented.
SELECT DISTINCT account_hash, arrayJoin(arrayIntersect(presented, {pieces:Array(UInt64)})) AS piece
FROM exchanges
PREWHERE account_hash IN {accounts:Array(UInt64)}
WHERE time < toDateTime({before:UInt32}) AND hasAny(presented, {pieces:Array(UInt64)})
