-- What are the ids of these exchanges? Grain: exchange. Cost: one pass over ids.
SELECT DISTINCT sipHash64(id) AS id_hash, id FROM exchanges WHERE sipHash64(id) IN {hashes:Array(UInt64)} ORDER BY id_hash
