import { framing, type Framing } from "./wordings.ts";

/** A request to think in the open, in five languages, each a grammar of its own. */
export const THINK_OPENLY: Readonly<Record<string, Framing>> = {
  en: framing(`
{Show/Write out/Set down} {all/the whole of} your {reasoning/thinking} {first/before the answer}, {doubts/checks/detours} included.|{Reason/Think} {aloud/in the open} from {start/first idea} to {end/last check}, {then answer/and only then conclude}.|{Take/Walk} me through {every/each} {thought/consideration} {as it comes/in order}, and {give/state} the {answer/result} {last/at the end}.
|{Keep/Leave} {mistakes/false starts} {visible/in}.|{Number/Date} the steps.|{Don't/Do not} {summarise/shorten}.
`),
  es: framing(`
{Escribe/Muestra/Anota} {todo tu razonamiento/cada paso de tu pensamiento} {antes de responder/primero}, {con dudas y correcciones/sin omitir intentos fallidos}.|{Piensa/Razona} {en voz alta/por escrito}, {de principio a fin/línea por línea}, y {solo después/al final} {contesta/da el resultado}.|{Quiero/Necesito} ver {cómo llegas/el camino} a la {respuesta/conclusión}, {incluidos los rodeos/con cada comprobación}.
|{Numera los pasos/Un paso por línea}.|{No resumas/Sin abreviar}.|{Deja visibles los errores/Conserva lo descartado}.
`),
  de: framing(`
{Schreibe/Notiere/Lege} {zuerst/vor der Antwort} {deinen ganzen Gedankengang/alle Überlegungen} {auf/nieder}, {mit Irrwegen/samt Korrekturen}.|{Denke/Überlege} {laut/schriftlich}, {vom ersten Einfall an/Schritt für Schritt}, und {antworte/schließe} erst {danach/am Ende}.|{Zeig/Erkläre} mir, {wie du darauf kommst/welchen Weg du nimmst}, {jede Prüfung eingeschlossen/ohne etwas auszulassen}, {dann/zuletzt} das Ergebnis.
|{Nummeriere/Trenne} die Schritte.|{Nichts kürzen/Keine Zusammenfassung}.|{Fehlversuche/Verworfenes} {bleiben/bleibt} stehen.
`),
  zh: framing(`
{请先/回答之前请}{完整/逐步/原原本本}{写出/列出/展示}你的{思考过程/推理过程/思路}，{包括走过的弯路/连同修正/不要省略尝试}。|{把/请把}{每一步/所有}{想法/推断}{依次/按顺序}{写下来/说出来}，{最后/然后}再{给出/写出}{答案/结论}。|{一边想一边写/边思考边记录}，{从头到尾/逐行}，{验证/检查}{也要写/都写上}，{末尾/结尾}给结果。
|{步骤/每步}请编号。|{不要概括/不要压缩/越详细越好}。|{错误/放弃的思路}也{保留/写上}。
`),
  ja: framing(`
{答える前に/まず}、{考えた過程/推論の流れ/頭の中の検討}を{すべて/省かず/順番に}{書いて/示して/書き出して}ください。|{思いついた順/最初から最後}{に/まで}{考え/検討}を{声に出すように/一行ずつ}{書き/記し}、{最後に/そのあとで}{結論/答え}を{出して/述べて}ください。|{どう考えたか/どのように至ったか}を{途中の誤り/確認の手順}も{含めて/残して}{詳しく/細かく}{説明して/書いて}から、{答え/結果}をお願いします。
|{番号/見出し}を付けてください。|{要約/省略}はしないでください。|{迷った点/やめた案}も{残して/書いて}ください。
`),
};
