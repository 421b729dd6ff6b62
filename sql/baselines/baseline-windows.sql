-- What did each tenant with enough requests ask, in order? A tenant is a declared organization, or an account. Grain: request, by tenant and time.
-- Cost: one pass for the counts, one ordered by tenant; what exceeds the memory given goes to disk.
SELECT if(organization = '', account_hash, sipHash64(organization)) AS tenant, account_hash, toUInt32(toUnixTimestamp(time)) AS at, tokens
FROM exchanges
WHERE bitAnd(part, 1) = 1 AND length(tokens) >= 4
    AND time >= fromUnixTimestamp({from:UInt32}) AND time < fromUnixTimestamp({until:UInt32})
    AND tenant IN
    (
        SELECT if(organization = '', account_hash, sipHash64(organization)) AS tenant
        FROM exchanges
        WHERE bitAnd(part, 1) = 1 AND length(tokens) >= 4
            AND time >= fromUnixTimestamp({from:UInt32}) AND time < fromUnixTimestamp({until:UInt32})
        GROUP BY tenant
        HAVING count() >= {least:UInt32}
    )
ORDER BY tenant, exchanges.time, id
SETTINGS max_bytes_before_external_sort = 400000000
