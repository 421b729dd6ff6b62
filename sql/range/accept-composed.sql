-- Takes a file of exchanges that the range composed: fingerprints as they are; account, credential and intent as the intake makes them. Grain: one row an exchange. Cost: the file, and one pass over what is asked.
-- The file is a Native block or several; nothing in the warehouse is looked for, so each file is taken once.
INSERT INTO exchanges
WITH tuple({k0:UInt64}, {k1:UInt64}) AS k
SELECT
    toDate(time) AS day, time, id, 7 AS part, account, sipHash64(account) AS account_hash, organization,
    if(credential = '', 0, sipHash64Keyed(k, xxh3('credential', credential))) AS credential,
    if(end_user = '', 0, sipHash64Keyed(k, xxh3('end_user', end_user))) AS end_user,
    platform, region, model, 200 AS status, {secret:String} AS secret, script, turn, chain, parent, keys, tokens, presented, issued,
    bitOr(marks, arrayReduce('groupBitOr', arrayMap(i -> bitShiftLeft(toUInt32(1), {bits:Array(UInt8)}[i]), multiMatchAllIndices(asked, {patterns:Array(String)})))) AS intent,
    prompt_bytes, answer_bytes, max_tokens, choices, finish,
    input AS input_tokens, cached AS cached_tokens, output AS output_tokens, reasoning AS reasoning_tokens, 0 AS billed
FROM file({path:String}, 'Native')
SETTINGS max_partitions_per_insert_block = 0
