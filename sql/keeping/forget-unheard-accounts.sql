-- Forgets the lines that unheard-accounts.sql counts. Grain: the line.
ALTER TABLE accounts DELETE
WHERE (heard < {before:Date} AND account NOT IN (SELECT account FROM exchanges WHERE account IN (SELECT account FROM accounts WHERE heard < {before:Date})))
    OR (account, from) IN (SELECT account, arrayJoin(arrayPopBack(arraySort(groupUniqArray(from)))) FROM accounts WHERE from < {before:Date} GROUP BY account)
SETTINGS mutations_sync = 1
