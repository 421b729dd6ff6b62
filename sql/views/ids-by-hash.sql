-- What are the ids of these exchanges? Grain: exchange. Cost: one pass over ids.
SELECT sipHash64(id) AS id_hash, any(id) AS id FROM exchanges WHERE sipHash64(id) IN {hashes:Array(UInt64)} GROUP BY id_hash ORDER BY id_hash
