-- By which numbers does the judge know accounts of these names? Grain: name. Cost: no table is read.
SELECT account, sipHash64(account) AS account_hash
FROM (SELECT arrayJoin({accounts:Array(String)}) AS account)
