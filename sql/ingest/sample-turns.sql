-- Do requests of a sample that go on find their earlier turns in it? Only those of its later half are asked: the earlier ones may have begun before it. Grain: one row. Cost: the landing table's hashes.
-- A request that repeats its history knows the hash of what it goes on from (parent); one that names an earlier answer presents a piece of it.
WITH
    (SELECT toUnixTimestamp64Milli(min(time)) + intDiv(toUnixTimestamp64Milli(max(time)) - toUnixTimestamp64Milli(min(time)), 2) FROM landing WHERE reason = '') AS middle,
    answers AS (SELECT account_hash, arrayJoin(issued) AS piece FROM landing WHERE reason = '')
SELECT
    toUInt32(count()) AS going_on,
    toUInt32(countIf(late)) AS late,
    toUInt32(countIf(late AND (found OR brings))) AS joined,
    toUInt32(countIf(late AND found AND answered)) AS answered,
    toUInt32(countIf(late AND found AND answered AND brings)) AS echoed
FROM
(
    SELECT
        toUnixTimestamp64Milli(time) >= middle AS late,
        parent != 0 AND parent IN (SELECT chain FROM landing WHERE reason = '') AS found,
        parent IN (SELECT chain FROM landing WHERE reason = '' AND answer_bytes >= 80) AS answered,
        id IN (
            SELECT id FROM (SELECT id, account_hash, arrayJoin(presented) AS piece FROM landing WHERE reason = '' AND turn > 0)
            WHERE (account_hash, piece) IN (SELECT account_hash, piece FROM answers)
        ) AS brings
    FROM landing
    WHERE reason = '' AND turn > 0 AND chain != 0 AND bitAnd(part, 1) = 1
)
SETTINGS prefer_column_name_to_alias = 1
