-- Do the texts of a sample look whole, or hashed, cut or replaced? Grain: one row for prompts, one for answers. Cost: the landed texts.
-- Cut: many different texts share the greatest length, in characters, or another of at least a hundred. Replaced: one short text stands in for many.
SELECT
    kind,
    toUInt32(sum(n)) AS texts,
    toUInt32(sumIf(n, match(text, '^\\s*((sha\\d+|md5|blake\\d\\w*|hash)[:=])?([0-9a-fA-F]{32,128}|[A-Za-z0-9+/_-]{43}=?)\\s*$'))) AS hashed,
    toUInt32(sumIf(n, match(text, '(?i)(\\[|\\(|<|\\{|…|\\.\\.\\.)[^\\[\\](){}<>]{0,40}\\b(truncated|redacted|omitted|clipped)\\b[^\\[\\](){}<>]{0,40}[\\])>}]?\\s*$'))) AS marked,
    toUInt32(max(characters)) AS longest,
    toUInt32(argMax(ties, characters)) AS at_longest,
    toUInt32(argMax(characters, if(characters < 100, 0, ties))) AS usual,
    toUInt32(max(if(characters < 100, 0, ties))) AS at_usual,
    toUInt32(max(if(length(text) < 100, n, 0))) AS commonest
FROM
(
    SELECT kind, text, n, characters, count() OVER (PARTITION BY kind, characters) AS ties
    FROM
    (
        SELECT said.1 AS kind, said.2 AS text, lengthUTF8(text) AS characters, count() AS n
        FROM (SELECT arrayJoin([('prompt', prompt), ('answer', answer)]) AS said FROM landing WHERE reason = '')
        WHERE text != ''
        GROUP BY kind, text
    )
)
GROUP BY kind
ORDER BY kind
