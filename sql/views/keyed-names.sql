-- What are the keyed hashes of names of a kind (`credential`, `end_user`), as intake makes them? Grain: name. Cost: none worth saying.
SELECT name, sipHash64Keyed(tuple({k0:UInt64}, {k1:UInt64}), xxh3({kind:String}, name)) AS hash
FROM (SELECT arrayJoin({names:Array(String)}) AS name)
