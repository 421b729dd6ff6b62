-- Which accounts have names that a few slips of the keyboard make of another? Grain: account, nearest first. Cost: one pass over names.
SELECT account
FROM (SELECT DISTINCT account FROM exchanges UNION DISTINCT SELECT DISTINCT account FROM accounts)
WHERE editDistanceUTF8(lowerUTF8(account), lowerUTF8({asked:String})) <= {most:UInt32}
ORDER BY editDistanceUTF8(lowerUTF8(account), lowerUTF8({asked:String})), account
LIMIT 3
