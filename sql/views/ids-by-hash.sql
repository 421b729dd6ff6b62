-- What are the ids of these exchanges? hashes are decimal. Grain: exchange. Cost: one pass over ids.
SELECT DISTINCT sipHash64(id) AS id_hash, id FROM exchanges WHERE toString(sipHash64(id)) IN {hashes:Array(String)} ORDER BY id_hash
