-- From which networks and with which clients do the members of reported groups send, and one in so many other accounts? Grain: account; keys of the commonest 16, those first.
-- Cost: the keys and accounts of pairs.
SELECT account_hash,
    arraySlice(arrayMap(x -> x.2, arrayReverseSort(groupArrayIf((sent, key), bitAnd(key, 15) = 10))), 1, 16) AS networks,
    arraySlice(arrayMap(x -> x.2, arrayReverseSort(groupArrayIf((sent, key), bitAnd(key, 15) = 9))), 1, 16) AS clients
FROM
(
    SELECT account_hash, key, sum(n) AS sent
    FROM pairs
    WHERE bitAnd(key, 15) IN (9, 10) AND (intHash64(account_hash) % {one_in:UInt32} = 0 OR account_hash IN (SELECT account_hash FROM reported))
    GROUP BY account_hash, key
)
GROUP BY account_hash
ORDER BY account_hash
