-- Which sealed texts hold some of these exchanges? Grain: what one account sent of one segment.
SELECT until, account, sealed FROM sealed_texts FINAL WHERE hasAny(ids, {ids:Array(String)}) ORDER BY until, account, batch
