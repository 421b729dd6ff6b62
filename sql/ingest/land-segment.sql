-- What does each line of a segment say, and is it acceptable? Grain: one row a line. Cost: one parse of the line, one of its answer, one pass over the new text.
INSERT INTO landing
WITH
    -- Elements of tuples are (x).id, not x.id: the engine answers the latter by walking the whole type, at every mention, for every block.
    -- The shape of a request in every dialect: names are the providers' own; a polymorphic field is read as raw JSON.
    'Tuple(model String, messages Array(Tuple(role String, type String, content String, tool_calls String, tool_call_id String, reasoning_content String, id String, call_id String, output String, arguments String, encrypted_content String)), system String, input String, instructions String, prompt String, previous_response_id String, contents Array(Tuple(role String, parts Array(Tuple(text String, thoughtSignature String, functionCall String, functionResponse String, inlineData String)))), systemInstruction Tuple(parts Array(Tuple(text String))), tools String, tool_choice String, temperature String, top_p String, top_k String, n UInt8, max_tokens UInt32, max_completion_tokens UInt32, max_output_tokens UInt32, stop String, stop_sequences String, response_format String, reasoning String, reasoning_effort String, thinking String, logprobs String, frequency_penalty String, presence_penalty String, generationConfig Tuple(temperature String, topP String, topK String, maxOutputTokens UInt32, candidateCount UInt8, stopSequences String, responseMimeType String, thinkingConfig String))' AS request_shape,
    'Array(Tuple(role String, type String, content String, tool_calls String, tool_call_id String, reasoning_content String, id String, call_id String, output String, arguments String, encrypted_content String))' AS items_shape,
    'Array(Tuple(type String, text String, id String, tool_use_id String, content String, signature String, data String))' AS parts_shape,
    'Tuple(id String, responseId String, choices Array(Tuple(message Tuple(content String, tool_calls String, reasoning_content String), text String, finish_reason String)), content String, stop_reason String, status String, output Array(Tuple(type String, id String, content String, call_id String, encrypted_content String)), candidates Array(Tuple(content Tuple(parts Array(Tuple(text String, thoughtSignature String))), finishReason String)), usage Tuple(prompt_tokens UInt32, completion_tokens UInt32, input_tokens UInt32, output_tokens UInt32, cache_read_input_tokens UInt32, prompt_tokens_details Tuple(cached_tokens UInt32), input_tokens_details Tuple(cached_tokens UInt32), completion_tokens_details Tuple(reasoning_tokens UInt32), output_tokens_details Tuple(reasoning_tokens UInt32)), usageMetadata Tuple(promptTokenCount UInt32, candidatesTokenCount UInt32, cachedContentTokenCount UInt32, thoughtsTokenCount UInt32))' AS answer_shape,
    'Tuple(delta String, type String, text String, content_block Tuple(type String, id String), item Tuple(id String, call_id String, encrypted_content String), message Tuple(id String, usage Tuple(input_tokens UInt32, cache_read_input_tokens UInt32)), response Tuple(id String, usage Tuple(input_tokens UInt32, output_tokens UInt32)), id String, choices Array(Tuple(delta Tuple(content String, tool_calls String, reasoning_content String), text String, finish_reason String)), candidates Array(Tuple(content Tuple(parts Array(Tuple(text String, thoughtSignature String))), finishReason String)), usage Tuple(prompt_tokens UInt32, completion_tokens UInt32, output_tokens UInt32), usageMetadata Tuple(promptTokenCount UInt32, candidatesTokenCount UInt32))' AS chunk_shape,
    'Tuple(secret String, script UInt8, turn UInt16, chain UInt64, parent UInt64, keys Array(UInt64), tokens Array(UInt16), presented Array(UInt64), issued Array(UInt64), intent UInt32, prompt_bytes UInt32, answer_bytes UInt32, max_tokens UInt32, choices UInt8, finish UInt8, credential UInt64, end_user UInt64)' AS fingerprints_shape,
    concat('Tuple(id String, time String, part String, account String, credential String, organization String, platform String, region String, model String, endpoint String, end_user String, http_status UInt16, billed Float64, client Tuple(ip String, user_agent String, ja4 String), usage Tuple(input UInt32, cached UInt32, output UInt32, reasoning UInt32), fingerprints ', fingerprints_shape, ', response String, request ', request_shape, ')') AS line_shape,
    tuple({k0:UInt64}, {k1:UInt64}) AS k,
    -- Lines of a text with any of these need their whitespace collapsed; few have, and looking is cheap.
    ['  ', '\t', '\r', '\f'] AS ragged,
    -- What a request asks for, by bit of `intent`; several patterns may set one bit. One pass of a multi-pattern matcher.
    [
        '(?i)(step[- ]by[- ]step|chain[- ]of[- ]thought|(show|explain|write|give|include|describe|provide|walk me through) (all |me )?(of )?(your|the) (full |complete |detailed |entire |internal )?(reasoning|working|work|thinking|thought process|derivation)|think (aloud|out loud|through)|reason(ing)? (carefully|through|process|trace|chain))',
        '(逐步|一步一步|推理过程|推理過程|思考过程|思考過程|思维链|详细.{0,6}推理|段階的に|ステップごと|思考の過程|推論の過程|단계별|추론 과정|пошагово|ход рассуждений)',
        '(?i)(paso a paso|razonamiento|schritt f.{1,2}r schritt|denkprozess|gedankengang|.tape par .tape|raisonnement|passo a passo|racioc.{1,2}nio)',
        '(?i)(<(think|thinking|reasoning|scratchpad|rationale|thought)>|\\[(reasoning|thinking)\\]|(hidden|internal|private|raw|full) (reasoning|thoughts?|monologue|chain)|working memory|(transcribe|verbatim|reproduce|reconstruct|repeat|copy|output|recall|translate).{0,30}(reasoning|thinking|thoughts|thought process|deliberation|working memory)|before (giving|stating|writing) (the|your|a) (final )?answer)',
        '(?i)(rubric|(on|using) a scale|(score|rate|grade|rating|mark).{0,30}(from|between|out of|0 to|1 to|0-|1-)|(rate|grade|score|evaluate|judge|assess) (the|this|each|these) (following |quality of |candidate |student |model |ai )?(response|answer|output|solution|completion|assistant|reply|essay|dialogue)|impartial judge|评分|打分|评价以下|採点|評価してください|채점|puntuaci.n|califica|bewerte|bewertung)',
        '(?i)(which (of the )?(two |following )?(response|answer|assistant|completion|output|reply)s? (is|was) (better|preferred|best|more)|prefer(red)? (response|answer|completion)|\\[\\[(a|b|rating)|(response|answer|assistant|candidate|output|solution) (a|1)( |:|,|\\)|\\]|\\n)|better (response|answer|assistant)|哪个(回答|答案|回复)更好)',
        '(?i)((generate|create|come up with|produce|write|invent|synthesi[sz]e|draft|devise) (a |an |the |me )?(set of |list of |series of )?(\\d+|diverse|new|novel|several|many|more|ten|twenty|synthetic|challenging|unique) .{0,40}(instruction|task|question|prompt|example|problem|exercise|dialogue|conversation|test case|training|sample|pair)s?|(training|fine-?tuning|instruction|preference) (data|dataset|set|corpus)|生成.{0,12}(指令|问题|任务|样本|数据|对话)|作成.{0,8}(問題|質問|指示))',
        '(?i)(below is an instruction|### ?(instruction|response|input)|appropriately completes the request|you are given (a|the) (task|instruction|problem))',
        '(?i)((rewrite|rephrase|paraphrase|reformulate|translate) (the|this|it|following)|改写|重写|翻译|言い換え|書き換え|翻訳|reescrib|umformulier|.bersetze)',
        '(?i)(```|\\bdef \\w+\\(|\\bfunction\\b.{0,40}\\(|#include\\b|\\bimport \\w+|\\bclass \\w+|\\bunit tests?\\b|\\brefactor|\\bstack trace|\\bcompil|\\brepository\\b|\\bdebug|\\bcode\\b|代码|代碼|コード|코드|c.digo)',
        '(?i)(\\b(csv|dataframe|spreadsheet|dataset|regression|statistic|sql|pivot|correlation|chart)\\w*\\b|数据分析|データ分析)',
        '(?i)(tool_call|function_call|\\bactions?: |\\bobservation: |call (the|a|an|this) (tool|function|api)|available (tools|functions)|agent(ic)? (task|trajectory|loop))',
        -- What a model keeps to itself, to be written out: notes, memory, thinking. A verb near a noun, by language.
        '(?i)(\\b(write|spell|print|dump|output|display|reveal|disclose|expose|show|list|transcribe|copy|repeat|recite|reproduce|restore|reconstruct|recover|resume|rebuild|replay|render|translate|convert|transliterate|decode|unpack|return|retrieve|quote|echo|export|paste|lay out|set (out|down)|continue|give|include)[^.?!\n]*(scratch ?pad|chain[- ]of[- ]thought|(thought|thinking|reasoning) (block|section|token|content|log|record|segment|signature|transcript)|(inner|internal|hidden|private|silent|unspoken|undisclosed|concealed|invisible|unabridged) (notes?|thoughts?|thinking|reasoning|monologue|deliberation|analysis|workings?)|(internal|working|short[- ]term) memory|(previous|prior|earlier|preceding|original|interrupted) (thoughts|thinking|reasoning|deliberation|train of thought|line of thought|workings)|notes to (your|its|one)sel|your (own )?(deliberation|train of thought|line of thought|inner|private|working notes|workings)|memory (of|from) (the|your) (earlier|previous|last))|(scratch ?pad|chain[- ]of[- ]thought|(thought|thinking|reasoning) (block|section|token|content|log|record|segment|signature|transcript)|(inner|internal|hidden|private|silent|unspoken|undisclosed|concealed|invisible|unabridged) (notes?|thoughts?|thinking|reasoning|monologue|deliberation|analysis|workings?)|(internal|working|short[- ]term) memory|(previous|prior|earlier|preceding|original|interrupted) (thoughts|thinking|reasoning|deliberation|train of thought|line of thought|workings)|notes to (your|its|one)sel|your (own )?(deliberation|train of thought|line of thought|inner|private|working notes|workings)|memory (of|from) (the|your) (earlier|previous|last))[^.?!\n]*(written out|spelled out|verbatim|word for word|in full|transcri|translat|restor|print|reproduc|resum))',
        '(?i)((everything|all|what|whatever|the notes) (that )?you (had |have )?(thought|considered|wrote|noted|kept|jotted|reasoned|worked out|(were|are) thinking)\\b[^.?!\\n]*(before|prior to|privately|internally|silently|to yourself|in order to)|(resume|continue|pick up|carry on)( with)? (your|the)( \\w+)? (thinking|reasoning|thoughts|deliberation)|(reasoning|thinking|thought process|steps|logic|deliberation)[^.?!\\n]*(behind|that led|leading|underlying)\\b[^.?!\\n]*(answer|response|reply|completion|output)|(debug(ging)?|developer|diagnostic|maintenance) (session|mode|log|console)\\b[^.?!\\n]*(thinking|reasoning|internal|hidden|memory))',
        '((写出|寫出|写下|寫下|写成|寫成|输出|輸出|打印|列印|显示|顯示|展示|列出|复述|複述|重复|重複|复制|複製|抄写|抄寫|转录|轉錄|转写|轉寫|还原|還原|恢复|恢復|重现|重現|重建|翻译|翻譯|译成|譯成|逐字|原样|原樣|完整|公开|公開|导出|導出|解码|解碼)[^。？！\n]*(工作(记忆|記憶|内存)|思维链|思維鏈|内心独白|內心獨白|草稿(纸|紙|本|区|區)|暂存区|(内部|內部|隐藏|隱藏|私有|私人|私下|先前|之前|早先|此前|未公开|未公開)的?(思考|思维|思維|推理|推导|推導|想法|笔记|筆記|记忆|記憶|草稿|独白|獨白|备忘)|(思考|推理)(内容|內容|记录|記錄|块|塊|轨迹|軌跡|片段|日志))|(工作(记忆|記憶|内存)|思维链|思維鏈|内心独白|內心獨白|草稿(纸|紙|本|区|區)|暂存区|(内部|內部|隐藏|隱藏|私有|私人|私下|先前|之前|早先|此前|未公开|未公開)的?(思考|思维|思維|推理|推导|推導|想法|笔记|筆記|记忆|記憶|草稿|独白|獨白|备忘)|(思考|推理)(内容|內容|记录|記錄|块|塊|轨迹|軌跡|片段|日志))[^。？！\n]*(写出|寫出|写下|寫下|写成|寫成|输出|輸出|打印|列印|显示|顯示|展示|列出|复述|複述|重复|重複|复制|複製|抄写|抄寫|转录|轉錄|转写|轉寫|还原|還原|恢复|恢復|重现|重現|重建|翻译|翻譯|译成|譯成|逐字|原样|原樣|完整|公开|公開|导出|導出|解码|解碼))',
        '((作業(記憶|メモリ)|ワーキング.?メモリ|スクラッチパッド|連鎖思考|思考(の?連鎖|内容|ログ|の流れ|ブロック|メモ)|推論(内容|ログ|ブロック|メモ)|(内部|内的|内面|隠れた|隠された|非公開|未公開|以前|先ほど|前回|さっき)の?(思考|推論|メモ|ノート|考え|独白|記憶)|内心|心の声|下書きメモ)[^。？！\n]*(書き|書いて|出力|表示|再現|復元|復旧|翻訳|訳し|片仮名|カタカナ|逐語|一字一句|そのまま|転写|印字|印刷|公開|再開|続け|開示|写し|示し|見せ|読み上げ))',
        '((작업 ?(기억|메모리)|워킹 ?메모리|스크래치 ?패드|(사고|생각)의? ?(사슬|흐름|내용|기록|블록)|추론 ?(내용|기록|사슬|블록|로그)|(내부|내면|숨겨진|숨은|숨긴|비공개|사적인|개인|이전|앞선|아까)의? ?(추론|사고|메모|노트|독백|생각|기억)|속생각|내적 독백)[^。？！\n]*(적어|적으|써 ?[주줘내]|쓰세요|출력|표시|재현|복원|복구|번역|옮겨|그대로|받아 ?[쓰적]|전사|인쇄|공개|이어|재개|보여|드러내|나열))',
        '(?i)((escrib|reproduz|imprim|muestr|mostr|transcrib|copi|repit|repet|reproduc|reproduzc|restaur|recuper|reconstru|retom|reanud|traduc|traduzc|revel|volc|vuelc|devuelv|enumer|decodific|descifr|escreva|escrever|exib|transcrev|retom|reconstitu|revele|traduz)[^.?!\n]*(memoria de trabajo|mem[oó]ria de trabalho|cadena de pensamiento|cadeia de pensamento|mon[oó]logo inter|(notas|apuntes|anotaç[oõ]es|pensamientos?|pensamentos?|razonamientos?|racioc[ií]nios?|reflexiones|reflexões|deliberaciones|deliberações|borrador|rascunhos?) (intern|privad|ocult|escondid|secret|previ|pr[eé]vi|anterior)|proceso de (razonamiento|pensamiento)|processo de (racioc|pensamento))|(memoria de trabajo|mem[oó]ria de trabalho|cadena de pensamiento|cadeia de pensamento|mon[oó]logo inter|(notas|apuntes|anotaç[oõ]es|pensamientos?|pensamentos?|razonamientos?|racioc[ií]nios?|reflexiones|reflexões|deliberaciones|deliberações|borrador|rascunhos?) (intern|privad|ocult|escondid|secret|previ|pr[eé]vi|anterior)|proceso de (razonamiento|pensamiento)|processo de (racioc|pensamento))[^.?!\n]*(palabra por palabra|textualmente|palavra por palavra|por completo|por extenso))',
        '(?i)((schreib|geb|gib|druck|zeig|transkri|kopier|wiederhol|reproduzier|wiederher|rekonstru|[uü]bersetz|enthüll|offenleg|lege|auflist)[^.?!\n]*(arbeitsged[aä]chtnis|gedankenkette|gedankeng[aä]ng|denkprotokoll|(intern|inner|verborgen|versteckt|privat|geheim|früher|vorherig|vorig|bisherig)e[nrsm]? (notiz|gedanken|überlegung|denk|monolog|schlussfolgerung|herleitung))|(arbeitsged[aä]chtnis|gedankenkette|(intern|verborgen|privat|früher)e[nrs]? (notiz|gedanken|überlegung))[^.?!\n]*(auf|aus|wieder|vollständig|wörtlich))',
        '(?i)(([eé]cri[rstv]|imprim|affich|montr|transcri|copi|r[eé]p[eéè]t|reprodui|restaur|restitu|r[eé]cup[eéè]r|reconstitu|repren|tradui|r[eé]v[eéè]l|d[eé]voil|d[eé]cod|expos)[^.?!\n]*(m[eé]moire de travail|cha[iî]ne de pens|monologue int|processus de (pens|r[eé]flexion)|(notes|pens[eé]es|r[eé]flexions?|raisonnements?|d[eé]lib[eé]rations?|brouillons?) (intern|int[eé]rieur|priv|cach|pr[eé]c[eé]d|ant[eé]rieur|secr)))',
        '([Нн]апиш|[Зз]апиш|[Вв]ыпиш|[Пп]ерепиш|[Вв]ывед|[Рр]аспечата|[Пп]окаж|[Сс]копир|[Пп]овтор|[Вв]оспроизвед|[Вв]осстанов|[Вв]озобнов|[Пп]родолж|[Пп]еревед|[Рр]аскро|[Ии]злож|[Рр]асшифр|[Пп]еречисл)[^.?!\\n]*(рабоч[а-я]+ памят|цепочк[а-я]+ (мысл|рассужд)|(внутренн|скрыт|личн|приватн|предыдущ|прежн|прошл|тайн)[а-я]+ (рассужден|размышлен|мысл|мышлен|замет|запис|монолог)|ход[а-я]* (мысл|мышлен|размышл))'
    ] AS intent_patterns,
    [0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1] AS intent_bits
SELECT
    row, reason, toDate(time) AS day, time, id, part, account, account_hash, organization, credential, end_user, platform, region, model, status, secret,
    script, turn, chain, parent, keys, tokens, presented, issued, intent, prompt_bytes, answer_bytes, max_tokens, choices, finish,
    input_tokens, cached_tokens, output_tokens, reasoning_tokens, billed,
    if({keep:UInt8} = 1, prompt_text, '') AS prompt, if({keep:UInt8} = 1, answer_text, '') AS answer
FROM
(
SELECT
    *,
    (x).id AS id,
    (x).account AS account,
    (x).organization AS organization,
    (x).platform AS platform,
    (x).region AS region,
    if((x).model != '', (x).model, (r).model) AS model,
    (x).http_status AS status,
    (x).billed AS billed,
    sipHash64((x).account) AS account_hash,
    if((x).credential = '', (x).fingerprints.credential, sipHash64Keyed(k, xxh3('credential', (x).credential))) AS credential,
    if((x).end_user = '', (x).fingerprints.end_user, sipHash64Keyed(k, xxh3('end_user', (x).end_user))) AS end_user,
    if(printed, (x).fingerprints.secret, {secret:String}) AS secret,
    multiIf(printed, (x).fingerprints.script, plain, 1, match(prompt_text, '[\\p{Hiragana}\\p{Katakana}]'), 3, match(prompt_text, '\\p{Hangul}'), 4, cjk, 2, match(prompt_text, '[\\p{Cyrillic}]'), 5, match(prompt_text, '[\\p{Arabic}\\p{Hebrew}]'), 6, 1) AS script,
    multiIf(printed, (x).fingerprints.turn, (r).previous_response_id != '', greatest(1, arraySum(assistant)), arraySum(assistant)) AS turn,
    multiIf(printed, (x).fingerprints.chain, empty(message_hashes), 0, sipHash64Keyed(k, xxh3((x).account, message_hashes))) AS chain,
    multiIf(printed, (x).fingerprints.parent, run_start = 0, 0, sipHash64Keyed(k, xxh3((x).account, arraySlice(message_hashes, 1, run_start - 1)))) AS parent,
    if(printed, (x).fingerprints.keys, arrayDistinct(arrayConcat(
        arrayMap(s -> bitOr(bitAnd(intHash64(s), 18446744073709551600), 1), shingles),
        arrayMap(s -> bitOr(bitAnd(intHash64(s), 18446744073709551600), 5), system_shingles),
        if(length(word_hashes) < 12, [], [bitOr(bitAnd(xxh3(arraySlice(word_hashes, 1, 8)), 18446744073709551600), 2), bitOr(bitAnd(xxh3(arraySlice(word_hashes, -8)), 18446744073709551600), 3)]),
        arrayFilter(key -> key > 15, arrayMap((h, kind) -> if(h = 0, 0, bitOr(bitAnd(sipHash64Keyed(k, h), 18446744073709551600), kind)), [
            if(system_text = '', 0, xxh3('system', system_text)),
            if(length((r).tools) < 3, 0, xxh3('tools', (r).tools)),
            if(profile = '', 0, xxh3('profile', profile)),
            if(length(word_hashes) < 4 OR turn > 0, 0, xxh3('item', prompt_text)),
            if((x).client.user_agent = '' AND (x).client.ja4 = '', 0, xxh3('client', (x).client.user_agent, (x).client.ja4)),
            if((x).client.ip = '', 0, xxh3('network', if(position((x).client.ip, ':') > 0, arrayStringConcat(arraySlice(splitByChar(':', (x).client.ip), 1, 3), ':'), arrayStringConcat(arraySlice(splitByChar('.', (x).client.ip), 1, 3), '.'))))],
            [4, 6, 7, 8, 9, 10]))
        ))) AS keys,
    if(printed, (x).fingerprints.tokens, if(length(distinct_tokens) <= 320, distinct_tokens, arrayConcat(arraySlice(distinct_tokens, 1, 160), arraySlice(distinct_tokens, -160)))) AS tokens,
    -- The lowest bit of a piece says whether it is a handle that the provider made, or text.
    if(printed, (x).fingerprints.presented, arrayDistinct(arrayConcat(arrayMap(h -> bitAnd(sipHash64Keyed(k, h), 18446744073709551614), arrayConcat(
        arrayMap(t -> xxh3(t), arrayFilter(t -> length(t) >= 80, arrayMap(t -> arrayStringConcat(arrayFilter(l -> l != '', arrayMap(l -> trimBoth(l), splitByChar('\n', t))), ' '), recent_texts))),
        arrayFilter(h -> bitAnd(h, 3) = 0, arrayMap(t -> xxh3(t), arrayFilter(t -> length(t) >= 80, arrayMap(t -> trimBoth(t), arrayFilter(t -> length(t) >= 80, arrayConcat(splitByChar('\n', recent_texts[-1]), if(length(prompt_text) < 80, [], splitByChar('\n', prompt_lines)))))))))),
        arrayMap(t -> bitOr(sipHash64Keyed(k, xxh3('handle', t)), 1), arrayFilter(t -> length(t) >= 8, presented_handles))
        ))) AS presented,
    if(printed, (x).fingerprints.issued, arrayDistinct(arrayConcat(arrayMap(h -> bitAnd(sipHash64Keyed(k, h), 18446744073709551614), arrayConcat(
        if(length(answer_flat) < 80, [], [xxh3(answer_flat)]),
        arrayFilter((h, t) -> bitAnd(h, 3) = 0 AND length(t) >= 80, arrayMap(t -> xxh3(t), answer_lines), answer_lines))),
        arrayMap(t -> bitOr(sipHash64Keyed(k, xxh3('handle', t)), 1), arrayFilter(t -> length(t) >= 8, issued_handles))
        ))) AS issued,
    if(printed, (x).fingerprints.intent, bitOr(
        arrayReduce('groupBitOr', arrayMap(i -> bitShiftLeft(toUInt32(1), intent_bits[i]), multiMatchAllIndices(concat(left(system_text, 4000), '\n', left(prompt_text, 12000), if(length(prompt_text) > 12000, right(prompt_text, 4000), '')), intent_patterns))),
        if(length((r).tools) >= 3, 256, 0) + if(has_image, 1024, 0) + if(somebody_spoke, 2048, 0)
        )) AS intent,
    if(printed, (x).fingerprints.prompt_bytes, toUInt32(length(prompt_text))) AS prompt_bytes,
    if(printed, (x).fingerprints.answer_bytes, toUInt32(length(answer_text))) AS answer_bytes,
    if(printed, (x).fingerprints.max_tokens, greatest((r).max_tokens, (r).max_completion_tokens, (r).max_output_tokens, (r).generationConfig.maxOutputTokens)) AS max_tokens,
    if(printed, (x).fingerprints.choices, greatest(1, (r).n, (r).generationConfig.candidateCount)) AS choices,
    if(printed, (x).fingerprints.finish, transform(lower(finish_word), ['stop', 'end_turn', 'stop_sequence', 'completed', 'length', 'max_tokens', 'incomplete', 'model_context_window_exceeded', 'tool_calls', 'tool_use', 'function_call', 'refusal', 'content_filter', 'safety'], [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4], 0)) AS finish,
    if((x).usage.input > 0, (x).usage.input, greatest((a).usage.prompt_tokens, (a).usage.input_tokens, (a).usageMetadata.promptTokenCount, streamed_input)) AS input_tokens,
    if((x).usage.cached > 0, (x).usage.cached, greatest((a).usage.cache_read_input_tokens, (a).usage.prompt_tokens_details.cached_tokens, (a).usage.input_tokens_details.cached_tokens, (a).usageMetadata.cachedContentTokenCount)) AS cached_tokens,
    if((x).usage.output > 0, (x).usage.output, greatest((a).usage.completion_tokens, (a).usage.output_tokens, (a).usageMetadata.candidatesTokenCount, streamed_output)) AS output_tokens,
    if((x).usage.reasoning > 0, (x).usage.reasoning, greatest((a).usage.completion_tokens_details.reasoning_tokens, (a).usage.output_tokens_details.reasoning_tokens, (a).usageMetadata.thoughtsTokenCount)) AS reasoning_tokens
FROM
(
SELECT
    *,
    arrayFilter((s, i) -> bitAnd(s, if(i <= 32 OR i > shingle_count - 32, 7, middle_mask)) = 0, all_shingles, arrayEnumerate(all_shingles)) AS shingles
FROM
(
SELECT
    *,
    toInt64(length(all_shingles)) AS shingle_count,
    if(length(all_shingles) > 1024, 255, 63) AS middle_mask
FROM
(
SELECT
    *,
    arrayDistinct(arrayMap(h -> toUInt16(bitAnd(h, 65535)), word_hashes)) AS distinct_tokens,
    arrayMap((p, q, s, t, u) -> intHash64(p + 3 * q + 5 * s + 7 * t + 11 * u), arraySlice(word_hashes, 1, -4), arraySlice(word_hashes, 2, -3), arraySlice(word_hashes, 3, -2), arraySlice(word_hashes, 4, -1), arraySlice(word_hashes, 5)) AS all_shingles,
    arrayFilter((s, i) -> bitAnd(s, if(i <= 32, 7, 63)) = 0, all_system_shingles, arrayEnumerate(all_system_shingles)) AS system_shingles
FROM
(
SELECT
    *,
    -- Keyed for sums and sixteen-bit tokens only: both halves of the secret, each through a finalizer. SipHash takes four times as long a word.
    arrayMap(t -> intHash64(bitXor(intHash64(bitXor(xxh3(t), {k0:UInt64})), {k1:UInt64})), words) AS word_hashes,
    arrayMap((p, q, s, t, u) -> intHash64(p + 3 * q + 5 * s + 7 * t + 11 * u), arraySlice(system_hashes, 1, -4), arraySlice(system_hashes, 2, -3), arraySlice(system_hashes, 3, -2), arraySlice(system_hashes, 4, -1), arraySlice(system_hashes, 5)) AS all_system_shingles
FROM
(
SELECT
    *,
    splitByNonAlpha(multiIf(
        plain, lower(sketched),
        cjk, concat(
            lowerUTF8(replaceRegexpAll(sketched, '[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Hangul}]+', ' ')), ' ',
            arrayStringConcat(arrayFlatten(arrayMap(t -> if(lengthUTF8(t) < 3, [t], ngrams(t, 3)), extractAll(sketched, '[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Hangul}]+'))), ' ')),
        lowerUTF8(sketched))) AS words
FROM
(
SELECT
    *,
    NOT plain AND match(prompt_text, '[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Hangul}]') AS cjk,
    if(length(prompt_text) > 24000, toValidUTF8(concat(left(prompt_text, 16000), ' ', right(prompt_text, 8000))), prompt_text) AS sketched,
    if(multiSearchAny(prompt_text, ragged), replaceRegexpAll(prompt_text, '[ \\t\\r\\f]+', ' '), prompt_text) AS prompt_lines,
    arrayMap(t -> intHash64(bitXor(intHash64(bitXor(xxh3(t), {k0:UInt64})), {k1:UInt64})), splitByNonAlpha(lower(left(system_text, 8000)))) AS system_hashes
FROM
(
SELECT
    *,
    isASCII(raw_prompt) AS plain,
    if(plain, raw_prompt, normalizeUTF8NFC(raw_prompt)) AS prompt_text
FROM
(
SELECT
    *,
    if(spoken != '', spoken, arrayStringConcat(suffix_texts, '\n')) AS raw_prompt
FROM
(
SELECT
    *,
    -- A person's words, as against a tool's results.
    arrayExists((m, p) -> (m).role IN ('user', '') AND (m).type IN ('', 'message') AND if(empty(p), trimBoth((m).content) != '', arrayExists(q -> (q).type IN ('text', 'input_text') AND trimBoth((q).text) != '', p)), suffix_messages, suffix_parts) AS somebody_spoke,
    arrayStringConcat(arrayFilter((t, m) -> (m).role = 'user', suffix_texts, suffix_messages), '\n') AS spoken
FROM
(
SELECT
    *,
    arrayMap((m, t) -> xxh3((m).role, (m).type, t), messages, message_texts) AS message_hashes,
    if(last_assistant = 0, 0, arrayLastIndex(f -> f = 0, arraySlice(assistant, 1, last_assistant)) + 1) AS run_start,
    -- The new suffix: what follows the last assistant turn; tool results only where nobody spoke.
        arraySlice(messages, last_assistant + 1) AS suffix_messages,
    arraySlice(message_parts, last_assistant + 1) AS suffix_parts,
    arraySlice(message_texts, last_assistant + 1) AS suffix_texts,
    arrayMap(t -> if(multiSearchAny(t, ragged), replaceRegexpAll(t, '[ \\t\\r\\f]+', ' '), t), arraySlice(arrayFilter((t, f) -> f = 1, message_texts, assistant), -8)) AS recent_texts
FROM
(
SELECT
    *,
    arrayMap((m, p) -> if(notEmpty(p), arrayStringConcat(arrayMap(q -> if((q).text != '', (q).text, (q).content), arrayFilter(q -> (q).type != 'thinking' AND ((q).text != '' OR (q).content != ''), p)), '\n'), if((m).content != '', (m).content, concat((m).output, (m).arguments))), messages, message_parts) AS message_texts,
    arrayLastIndex(f -> f = 1, assistant) AS last_assistant,
    arrayConcat([(r).previous_response_id],
        arraySlice((messages).tool_call_id, -12), arraySlice((messages).call_id, -12), arraySlice((messages).id, -12), arraySlice((messages).encrypted_content, -12),
        arrayFlatten(arraySlice((message_parts).tool_use_id, -12)), arrayFlatten(arraySlice((message_parts).signature, -12))) AS presented_handles,
    arrayExists(p -> hasAny(p, ['image', 'image_url', 'input_image']), arraySlice((message_parts).type, -12)) OR arrayExists(c -> arrayExists(p -> (p).inlineData != '', (c).parts), (r).contents) AS has_image,
    arrayMap(t -> trimBoth(t), splitByChar('\n', if(multiSearchAny(answer_text, ragged), replaceRegexpAll(answer_text, '[ \\t\\r\\f]+', ' '), answer_text))) AS answer_lines,
    arrayStringConcat(arrayFilter(t -> t != '', answer_lines), ' ') AS answer_flat
FROM
(
SELECT
    *,
    arrayMap(m -> toUInt8((m).role IN ('assistant', 'model') OR (m).type IN ('function_call', 'reasoning', 'web_search_call', 'computer_call')), messages) AS assistant,
    arrayMap(m -> if(startsWith((m).content, '['), JSONExtract((m).content, parts_shape), []), messages) AS message_parts,
    if(isASCII(raw_answer), raw_answer, normalizeUTF8NFC(raw_answer)) AS answer_text
FROM
(
SELECT
    *,
    arrayFilter(m -> (m).role NOT IN ('system', 'developer'), all_messages) AS messages,
    trimBoth(arrayStringConcat(arrayFilter(t -> t != '', arrayConcat(
        arrayMap(m -> if(startsWith((m).content, '['), arrayStringConcat(arrayMap(q -> (q).text, JSONExtract((m).content, parts_shape)), '\n'), (m).content), arrayFilter(m -> (m).role IN ('system', 'developer'), all_messages)),
        [if(startsWith((r).system, '['), arrayStringConcat(arrayMap(q -> (q).text, JSONExtract((r).system, parts_shape)), '\n'), (r).system), (r).instructions],
        arrayMap(p -> (p).text, (r).systemInstruction.parts))), '\n')) AS system_text,
    multiIf(
        notEmpty((a).choices), if((a).choices[1].message.content != '', (a).choices[1].message.content, (a).choices[1].text),
        startsWith((a).content, '['), arrayStringConcat(arrayMap(q -> (q).text, arrayFilter(q -> (q).type = 'text', JSONExtract((a).content, parts_shape))), '\n'),
        notEmpty((a).output), arrayStringConcat(arrayMap(o -> arrayStringConcat(arrayMap(q -> (q).text, JSONExtract((o).content, parts_shape)), '\n'), arrayFilter(o -> (o).type = 'message', (a).output)), '\n'),
        notEmpty((a).candidates), arrayStringConcat(arrayMap(p -> (p).text, (a).candidates[1].content.parts), ''),
        notEmpty(chunks), arrayStringConcat(arrayMap(c -> multiIf(
        notEmpty((c).choices), if((c).choices[1].delta.content != '', (c).choices[1].delta.content, (c).choices[1].text),
        (c).type = 'content_block_delta', JSONExtractString((c).delta, 'text'),
        (c).type = 'response.output_text.delta', (c).delta,
        notEmpty((c).candidates), arrayStringConcat(arrayMap(p -> (p).text, (c).candidates[1].content.parts), ''),
        ''), chunks), ''),
        startsWith((x).response, '{'), '',
        (x).response) AS raw_answer,
    multiIf(notEmpty((a).choices), (a).choices[1].finish_reason, notEmpty((a).candidates), (a).candidates[1].finishReason, (a).stop_reason != '', (a).stop_reason, (a).status != '', (a).status,
        notEmpty(chunks), coalesce(nullIf(arrayFirst(w -> w != '', arrayMap(c -> multiIf(notEmpty((c).choices), (c).choices[1].finish_reason, notEmpty((c).candidates), (c).candidates[1].finishReason, (c).type = 'message_delta', JSONExtractString((c).delta, 'stop_reason'), (c).type = 'response.completed', 'completed', ''), chunks)), ''), ''), '') AS finish_word,
    arrayConcat([(a).id, (a).responseId],
        arrayMap(c -> multiIf((c).message.id != '', (c).message.id, (c).response.id != '', (c).response.id, (c).content_block.id), arrayFilter(c -> (c).type IN ('message_start', 'response.created', 'content_block_start'), chunks)),
        arrayMap(c -> JSONExtractString((c).delta, 'signature'), arrayFilter(c -> (c).type = 'content_block_delta' AND position((c).delta, 'signature_delta') > 0, chunks)),
        arrayFlatten(arrayMap(c -> [(c).item.id, (c).item.call_id, (c).item.encrypted_content], arrayFilter(c -> (c).type = 'response.output_item.done', chunks))),
        arrayFlatten(arrayMap(c -> arrayMap(t -> (t).id, JSONExtract((c).choices[1].delta.tool_calls, 'Array(Tuple(id String))')), arrayFilter(c -> notEmpty((c).choices) AND (c).choices[1].delta.tool_calls != '', chunks))),
        arrayFlatten(arrayMap(c -> arrayMap(p -> (p).thoughtSignature, (c).candidates[1].content.parts), arrayFilter(c -> notEmpty((c).candidates), chunks))),
        arrayFlatten(arrayMap(q -> [(q).id, (q).signature], if(startsWith((a).content, '['), JSONExtract((a).content, parts_shape), []))),
        arrayFlatten(arrayMap(o -> [(o).id, (o).call_id, (o).encrypted_content], (a).output)),
        if(notEmpty((a).choices), arrayMap(t -> (t).id, JSONExtract((a).choices[1].message.tool_calls, 'Array(Tuple(id String))')), []),
        if(notEmpty((a).candidates), arrayMap(p -> (p).thoughtSignature, (a).candidates[1].content.parts), [])) AS issued_handles,
    arrayMax(arrayConcat([0], arrayMap(c -> greatest((c).message.usage.input_tokens, (c).response.usage.input_tokens, (c).usage.prompt_tokens, (c).usageMetadata.promptTokenCount), chunks))) AS streamed_input,
    arrayMax(arrayConcat([0], arrayMap(c -> greatest((c).usage.completion_tokens, (c).usage.output_tokens, (c).response.usage.output_tokens, (c).usageMetadata.candidatesTokenCount), chunks))) AS streamed_output
FROM
(
SELECT
    *,
    -- One message list for all dialects.
        multiIf(notEmpty((r).messages), (r).messages,
        startsWith((r).input, '['), JSONExtract((r).input, items_shape),
        notEmpty((r).contents), CAST(arrayMap(c -> tuple(if((c).role = 'model', 'assistant', 'user'), if((c).role = 'model' OR arrayExists(p -> (p).text != '', (c).parts), '', 'function_response'), arrayStringConcat(arrayFilter(t -> t != '', arrayMap(p -> if((p).text != '', (p).text, (p).functionResponse), (c).parts)), '\n'), '', '', '', arrayStringConcat(arrayMap(p -> (p).thoughtSignature, (c).parts), ''), '', '', '', ''), (r).contents), items_shape),
        (r).input != '', CAST([tuple('user', '', (r).input, '', '', '', '', '', '', '', '')], items_shape),
        (r).prompt != '', CAST([tuple('user', '', (r).prompt, '', '', '', '', '', '', '', '')], items_shape),
        (r).messages) AS all_messages,
    if(startsWith((x).response, '{'), JSONExtract((x).response, answer_shape), JSONExtract('{}', answer_shape)) AS a,
    arrayMap(c -> JSONExtract(c, chunk_shape), multiIf(
        startsWith((x).response, '['), JSONExtractArrayRaw((x).response),
        match(left((x).response, 200), '^\\s*(data|event|id|:)'), arrayMap(l -> trimBoth(substring(l, 6)), arrayFilter(l -> startsWith(l, 'data:'), splitByChar('\n', (x).response))),
        [])) AS chunks,
    arrayStringConcat(arrayFilter(v -> v != '', [(r).temperature, (r).top_p, (r).top_k, (r).stop, (r).stop_sequences, (r).response_format, (r).reasoning, (r).reasoning_effort, (r).thinking, (r).logprobs, (r).frequency_penalty, (r).presence_penalty, (r).tool_choice, toString(greatest((r).max_tokens, (r).max_completion_tokens, (r).max_output_tokens, (r).generationConfig.maxOutputTokens)), toString(greatest((r).n, (r).generationConfig.candidateCount)), (r).generationConfig.temperature, (r).generationConfig.topP, (r).generationConfig.topK, (r).generationConfig.stopSequences, (r).generationConfig.responseMimeType, (r).generationConfig.thinkingConfig]), '|') AS profile
FROM
(
SELECT
    *,
    multiIf(
        NOT valid, 'not valid JSON, or nested too deeply',
        NOT object, 'not a JSON object',
        (x).id = '', 'no id',
        length((x).id) > 512, 'id is longer than 512 bytes',
        (x).account = '', 'no account',
        length((x).account) > 512, 'account is longer than 512 bytes',
        startsWith((x).account, '[') OR startsWith((x).account, '{') OR startsWith((x).id, '[') OR startsWith((x).id, '{'), 'id and account must be strings',
        (x).time = '', 'no time',
        toUnixTimestamp64Milli(time) = 0, 'time is not a date and time',
        {judged:UInt8} = 0 AND time < {now:DateTime64(3)} - INTERVAL 400 DAY, 'time is more than 400 days ago',
        {judged:UInt8} = 0 AND time > {now:DateTime64(3)} + INTERVAL 1 DAY, 'time is more than a day in the future',
        multiSearchAny((x).endpoint, ['/embeddings', 'embedContent', 'EmbedContents']), 'set aside: embeddings calls',
        part = 0, 'part is none of request, response, usage',
        part = 1 AND NOT printed AND request_kind NOT IN ('Object', 'String'), 'a request part without a request object',
        part = 2 AND NOT printed AND (x).response = '', 'a response part without a response',
        part = 7 AND request_kind = 'Null' AND NOT printed AND (x).usage.input + (x).usage.output = 0 AND (x).response = '', 'none of request, fingerprints and usage',
        part = 7 AND request_kind NOT IN ('Object', 'String', 'Null'), 'request is not an object',
        '') AS reason,
    if(request_kind = 'String', JSONExtract(JSONExtractString(line, 'request'), request_shape), (x).request) AS r
FROM
(
SELECT
    *,
    multiIf(NOT (valid AND object), 'Null', notEmpty((x).request.messages) OR notEmpty((x).request.contents) OR (x).request.input != '', 'Object', toString(JSONType(line, 'request'))) AS request_kind,
    (x).fingerprints.secret != '' OR notEmpty((x).fingerprints.keys) OR notEmpty((x).fingerprints.tokens) AS printed,
    coalesce(parseDateTime64BestEffortOrNull((x).time, 3, 'UTC'), toDateTime64(0, 3, 'UTC')) AS time,
    transform((x).part, ['', 'whole', 'request', 'response', 'usage'], [7, 7, 1, 2, 4], 0) AS part
FROM
(
SELECT
    *,
    JSONExtract(if(valid AND object, line, '{}'), line_shape) AS x
FROM
(
SELECT
    *,
    startsWith(trimLeft(line), '{') AS object
FROM
(
SELECT _row_number AS row, line, isValidJSON(line) AS valid FROM file({path:String}, 'LineAsString', 'line String') WHERE notEmpty(trimBoth(line))
)
)
)
)
)
)
)
)
)
)
)
)
)
)
)
)
)
)
)
)
-- Merged, the layers make the analysis of short-circuited branches exponential: 15 s a statement.
SETTINGS query_plan_merge_expressions = 0
