-- Which landed rows are new? Those go to exchanges; anything already there by id, UTC day and part does not. Repeatable at any time.
-- Grain: one row an accepted line. Cost: the segment, and the ids of its days.
INSERT INTO exchanges
SELECT day, time, id, part, account, account_hash, organization, credential, end_user, platform, region, model, status, secret, script, turn, chain, parent, keys, tokens, presented, issued, intent, prompt_bytes, answer_bytes, max_tokens, choices, finish, input_tokens, cached_tokens, output_tokens, reasoning_tokens, billed
FROM landing
WHERE reason = ''
    AND (id, day, part) NOT IN (SELECT id, day, part FROM exchanges WHERE day IN (SELECT day FROM landing) AND id IN (SELECT id FROM landing))
    AND (id, day) NOT IN (SELECT id, day FROM exchanges WHERE part = 7 AND day IN (SELECT day FROM landing) AND id IN (SELECT id FROM landing))
    AND NOT (part = 7 AND (id, day) IN (SELECT id, day FROM exchanges WHERE part != 7 AND day IN (SELECT day FROM landing) AND id IN (SELECT id FROM landing)))
    AND NOT (part != 7 AND (id, day) IN (SELECT id, day FROM landing WHERE part = 7 AND reason = ''))
ORDER BY row
LIMIT 1 BY id, day, part
SETTINGS max_partitions_per_insert_block = 0
