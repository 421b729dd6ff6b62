import { KEY_KINDS } from "../../core/key-kind.ts";
import type { Client, Draft } from "../world.ts";
import {
  conversationOf,
  readingOf,
  type Conversation,
  type KnownMessage,
  type PromptPrint,
} from "./conversation-of.ts";
import { hashString, mix32, seal, type Print } from "./mix.ts";
import type { ListColumn, WideColumn } from "./native-block.ts";
import { encode, LONG, makeTextBytes } from "./read-text.ts";
import { makeWords, scanWords, type Words } from "./scan-words.ts";

/** Where fingerprints go. */
export interface FingerprintColumns {
  readonly chain: WideColumn;
  readonly parent: WideColumn;
  readonly keys: ListColumn;
  readonly tokens: ListColumn;
  readonly presented: ListColumn;
  readonly issued: ListColumn;
}

/** What else the fingerprints' maker knows of a request. */
export interface Sent {
  readonly prompt: string;
  readonly only: KnownMessage | undefined;
  readonly promptBytes: number;
  readonly script: number;
  readonly turn: number;
  readonly marks: number;
}

/** `exchanges.intent` by what the request is made of: tools, and a person's words. */
const MARKS = { tools: 256, spoken: 2048 };
/** As the intake samples: tokens from both ends, shingles more at the ends. */
const SKETCH = { tokens: 320, edge: 32, edgeMask: 7, mask: 63, longMask: 255, long: 1024 };
/** Words of the head and of the tail, and the fewest words of a prompt that has them and of an item. */
const ENDS = { words: 8, least: 12, item: 4 };
const TAGS = { answer: 101, handle: 102, chain: 103 };

/**
 * Makes exchanges' fingerprints from their pieces, by the intake's own rules (`land-segment.sql`) with cheaper hashes: what
 * the intake gives one fingerprint gets one here, and what it tells apart is told apart. A class for its scratch memory
 * and for what it remembers of accounts' software.
 */
export class ExchangeKeys {
  /** Holds the bytes of the text read last. */
  readonly room = makeTextBytes();
  readonly #secret: Print;
  readonly #columns: FingerprintColumns;
  readonly #print: Print = { low: 0, high: 0 };
  readonly #words: Words = makeWords();
  readonly #systemBytes = makeTextBytes();
  readonly #systemWords: Words = makeWords();
  readonly #seen = new Uint32Array(65_536);
  #round = 0;
  readonly #known = new Map<string, readonly number[]>();
  readonly #clients = new Map<string, Map<string, readonly number[]>>();
  readonly #objects = new WeakMap<object, Map<string, readonly number[]>>();

  constructor(secret: Print, columns: FingerprintColumns) {
    this.#secret = secret;
    this.#columns = columns;
  }

  /** Writes one exchange's fingerprints. */
  push(draft: Draft): Sent {
    const conversation = conversationOf(this.room, draft);
    const { prompt, turn, reading, only } = conversation;
    const known = only?.print ?? this.#printOf(conversation);
    if (only !== undefined) only.print = known;
    this.#pushKeys(draft, conversation, known);
    const { tokens } = this.#columns;
    for (let i = 0; i < known.tokens.length; i++) tokens.push(known.tokens[i] as number, 0);
    tokens.endRow();
    this.#pushChain(draft, conversation);
    this.#pushPresented(conversation);
    this.#pushIssued(draft);
    const marks =
      (draft.tools === undefined ? 0 : MARKS.tools) + (conversation.spoken ? MARKS.spoken : 0);
    return { prompt, only, promptBytes: reading.bytes, script: known.script, turn, marks };
  }

  #printOf({ prompt, reading: { low, high } }: Conversation): PromptPrint {
    encode(this.room, prompt);
    scanWords(this.#words, this.room, prompt, this.#secret.low);
    const { hashes, count, script } = this.#words;
    const keys: number[] = [];
    this.#pushShingles(keys, this.#words, KEY_KINDS.shingle);
    if (count >= ENDS.least) {
      this.#pushRun(keys, hashes, 0, KEY_KINDS.head);
      this.#pushRun(keys, hashes, count - ENDS.words, KEY_KINDS.tail);
    }
    // The item's key comes last: only a first request has one.
    if (count >= ENDS.item) this.#pushKey(keys, low, high, KEY_KINDS.item);
    return { keys, tokens: this.#tokens(), script, isItem: count >= ENDS.item };
  }

  #pushKeys(draft: Draft, { turn }: Conversation, known: PromptPrint): void {
    const { keys } = this.#columns;
    const own = known.keys.length - (known.isItem && turn > 0 ? 2 : 0);
    for (let i = 0; i < own; i += 2)
      keys.push(known.keys[i] as number, known.keys[i + 1] as number);
    if (draft.system !== undefined) this.#pushHalves(this.#systemKeys(draft.system));
    if (draft.tools !== undefined)
      this.#pushHalves(
        this.#ofObject(
          draft.tools,
          draft.dialect,
          (tools) => JSON.stringify(tools),
          KEY_KINDS.tools,
        ),
      );
    this.#pushHalves(this.#ofObject(draft.settings, draft.dialect, profileOf, KEY_KINDS.profile));
    this.#pushHalves(this.#clientKey(draft.client));
    const { ip } = draft.client;
    const network = hashString(this.#print, ip.slice(0, ip.lastIndexOf(".")));
    const key = seal(this.#print, this.#secret, network.low, network.high, KEY_KINDS.network);
    keys.push(((key.low & ~15) | KEY_KINDS.network) >>> 0, key.high);
    keys.endRow();
  }

  /** Five words at a time, sampled by their hash. */
  #pushShingles(keys: number[], { hashes, count }: Words, kind: number): void {
    const total = count - 4;
    const tail = kind === KEY_KINDS.shingle;
    const middle = total > SKETCH.long ? SKETCH.longMask : SKETCH.mask;
    for (let i = 0; i < total; i++) {
      let low = 0;
      for (let j = i; j < i + 5; j++) low = Math.imul(low ^ (hashes[j] as number), 0x9e3779b1);
      low = mix32(low);
      const edge = i < SKETCH.edge || (tail && i >= total - SKETCH.edge);
      if (((low >>> 8) & (edge ? SKETCH.edgeMask : middle)) !== 0) continue;
      let high = 0;
      for (let j = i; j < i + 5; j++)
        high = (Math.imul(high, 0x85ebca6b) + (hashes[j] as number)) | 0;
      this.#pushKey(keys, low, high, kind);
    }
  }

  #pushRun(keys: number[], hashes: Uint32Array, from: number, kind: number): void {
    let [low, high] = [0, 0];
    for (let i = from; i < from + ENDS.words; i++) {
      const word = hashes[i] as number;
      low = Math.imul(low ^ word, 0x9e3779b1);
      high = Math.imul(high, 0x85ebca6b) + word;
    }
    this.#pushKey(keys, low, high, kind);
  }

  #pushKey(keys: number[], low: number, high: number, kind: number): void {
    const key = seal(this.#print, this.#secret, low, high, kind);
    keys.push(((key.low & ~15) | kind) >>> 0, key.high);
  }

  #pushHalves(halves: readonly number[]): void {
    for (let i = 0; i < halves.length; i += 2)
      this.#columns.keys.push(halves[i] as number, halves[i + 1] as number);
  }

  /** Distinct words as 16-bit tokens, from both ends of long prompts. */
  #tokens(): readonly number[] {
    const { hashes, count } = this.#words;
    const seen = this.#seen;
    const distinct: number[] = [];
    this.#round++;
    for (let i = 0; i < count; i++) {
      const token = (hashes[i] as number) & 0xffff;
      if (seen[token] === this.#round) continue;
      seen[token] = this.#round;
      distinct.push(token);
    }
    const half = SKETCH.tokens / 2;
    return distinct.length > SKETCH.tokens
      ? distinct.slice(0, half).concat(distinct.slice(-half))
      : distinct;
  }

  /** A conversation's messages, hashed in a chain with the account: up to the end, and up to the last answer. */
  #pushChain(draft: Draft, { heads, upTo }: Conversation): void {
    const { chain, parent } = this.#columns;
    let { low, high } = hashString(this.#print, draft.account);
    let [parentLow, parentHigh] = [0, 0];
    for (let i = 0; i < heads.length; i += 2) {
      if (i === 2 * upTo && upTo > 0) {
        const key = seal(this.#print, this.#secret, low, high, TAGS.chain);
        [parentLow, parentHigh] = [key.low, key.high];
      }
      low = mix32(Math.imul(low, 0x9e3779b1) ^ (heads[i] as number));
      high = Math.imul(high, 0x85ebca6b) + (heads[i + 1] as number);
    }
    const key = seal(this.#print, this.#secret, low, high, TAGS.chain);
    chain.push(key.low, key.high);
    parent.push(parentLow, parentHigh);
  }

  #pushPresented({ answers, handles, reading: prompt }: Conversation): void {
    const { presented } = this.#columns;
    for (const { low, high, bytes } of answers)
      if (bytes >= LONG) this.#pushPiece(presented, low, high);
    const last = answers.at(-1);
    if (last !== undefined) this.#pushLines(presented, last.lines);
    if (prompt.bytes >= LONG) this.#pushLines(presented, prompt.lines);
    for (const handle of handles) this.#pushHandle(presented, handle);
    presented.endRow();
  }

  #pushIssued({ answer, responseId, dialect }: Draft): void {
    const { issued } = this.#columns;
    const { low, high, bytes, lines } = readingOf(this.room, answer);
    if (bytes >= LONG) this.#pushPiece(issued, low, high);
    // A single paragraph is the whole.
    if (!(lines.length === 2 && lines[0] === low && lines[1] === high))
      this.#pushLines(issued, lines);
    this.#pushHandle(issued, responseId);
    if (answer.reasoning !== undefined && dialect !== "openai-chat")
      this.#pushHandle(issued, answer.reasoning.signature);
    for (const call of answer.calls ?? []) this.#pushHandle(issued, call.id);
    issued.endRow();
  }

  #pushLines(column: ListColumn, lines: readonly number[]): void {
    for (let i = 0; i < lines.length; i += 2)
      this.#pushPiece(column, lines[i] as number, lines[i + 1] as number);
  }

  #pushPiece(column: ListColumn, low: number, high: number): void {
    const piece = seal(this.#print, this.#secret, low, high, TAGS.answer);
    column.push((piece.low & ~1) >>> 0, piece.high);
  }

  #pushHandle(column: ListColumn, handle: string): void {
    const { low, high } = hashString(this.#print, handle);
    const key = seal(this.#print, this.#secret, low, high, TAGS.handle);
    column.push((key.low | 1) >>> 0, key.high);
  }

  /** The system prompt's own key and its shingles, in halves. */
  #systemKeys(system: string): readonly number[] {
    const known = this.#known.get(system);
    if (known !== undefined) return known;
    const text = system.slice(0, 8000);
    encode(this.#systemBytes, text);
    scanWords(this.#systemWords, this.#systemBytes, text, this.#secret.low);
    const out: number[] = [];
    this.#pushShingles(out, this.#systemWords, KEY_KINDS.systemShingle);
    const { low, high } = hashString(this.#print, system);
    this.#pushKey(out, low, high, KEY_KINDS.system);
    this.#known.set(system, out);
    return out;
  }

  #ofObject<T extends object>(
    value: T,
    dialect: string,
    write: (value: T, dialect: string) => string,
    kind: number,
  ): readonly number[] {
    let known = this.#objects.get(value);
    if (known === undefined) this.#objects.set(value, (known = new Map()));
    let halves = known.get(dialect);
    if (halves === undefined)
      known.set(dialect, (halves = this.#sealed(`${dialect}${write(value, dialect)}`, kind)));
    return halves;
  }

  #clientKey({ userAgent, ja4 }: Client): readonly number[] {
    let known = this.#clients.get(userAgent);
    if (known === undefined) this.#clients.set(userAgent, (known = new Map()));
    let halves = known.get(ja4);
    if (halves === undefined)
      known.set(ja4, (halves = this.#sealed(`${userAgent}\n${ja4}`, KEY_KINDS.client)));
    return halves;
  }

  #sealed(text: string, kind: number): readonly number[] {
    const { low, high } = hashString(this.#print, text);
    const key = seal(this.#print, this.#secret, low, high, kind);
    return [((key.low & ~15) | kind) >>> 0, key.high];
  }
}

/** The parameters that a request sets, as the intake strings them together: only Gemini's stand elsewhere. */
function profileOf(settings: Readonly<Record<string, number>>): string {
  const { temperature, top_p: top, maxTokens, n } = settings;
  return [temperature, top, maxTokens, n].join("|");
}
