import type { OperationSize } from "../../core/power.ts";
import { KEY_KINDS } from "../../core/key-kind.ts";
import type { Random } from "../../stats/random.ts";
import { copyOf, type TrafficRow } from "../traffic-row.ts";

/** What operations are made of: traffic's own requests and times. */
export interface Materials {
  /** Requests that begin a conversation and were answered at some length, all of one script. */
  readonly openers: readonly TrafficRow[];
  /** When the traffic was sent, seconds since 1970. In order. */
  readonly times: readonly number[];
  /** The model that most of them ask for. */
  readonly model: number;
}

/** An answer shorter than both is not worth collecting. */
const LEAST_ANSWER = { tokens: 16, bytes: 64 };
const REFUSAL = 4;
/** Openers taken of one account, so that nobody's make up the work. */
const MOST_OF_ONE = 16;
/** Kinds of keys that a request's own words make. */
const OWN_WORDS: ReadonlySet<number> = new Set([KEY_KINDS.shingle, KEY_KINDS.tail, KEY_KINDS.item]);
/** A wording of two dozen words: as many of its shingles as sampling leaves, and its words. */
const WORDING = { shingles: 4, tokens: 24 };
const DAY = 86_400;

/** True where a row can be a piece of an operation's work: a request that begins a conversation, and an answer of substance. */
export function isOpener(row: TrafficRow): boolean {
  const { turn, presents, tokenCount, finish, outputTokens, answerBytes } = row;
  if (turn > 0 || presents === 1 || tokenCount === 0 || finish === REFUSAL) return false;
  return outputTokens >= LEAST_ANSWER.tokens || answerBytes >= LEAST_ANSWER.bytes;
}

/** What there is to plant with: `openers` of anybody, and the rows they will stand among. */
export function materialsOf(
  openers: readonly TrafficRow[],
  rows: readonly TrafficRow[],
): Materials {
  const script = commonest(openers.map((row) => row.script));
  const taken = new Map<bigint, number>();
  const chosen = openers.filter((row) => {
    const account = (BigInt(row.accountHigh) << 32n) | BigInt(row.accountLow);
    const before = taken.get(account) ?? 0;
    if (row.script !== script || before >= MOST_OF_ONE) return false;
    taken.set(account, before + 1);
    return true;
  });
  return {
    openers: chosen,
    times: rows.map(({ time }) => time),
    model: commonest(chosen.map(({ model }) => model)),
  };
}

/**
 * The rows of an operation over the last days of the traffic, in order of time. New accounts of which nothing is known;
 * every request is one wording round an opener's words, dealt to the accounts in turn, at times when others send too; nobody
 * goes on from an answer. The openers' keys are renamed, so that it shares nothing with those whose words it borrows.
 * Nothing else is shared: no network, card, client or answer that comes back, all of which can only help to find it.
 */
export function plantOperation(
  { openers, times, model }: Materials,
  { accounts, requests_a_day, days }: OperationSize,
  draw: Random,
): readonly TrafficRow[] {
  const word = (): number => Math.floor(draw() * 2 ** 32);
  const names = Array.from({ length: accounts }, () => [word(), word()] as const);
  const wording = newWording(word);
  const begin = times.at(-1)! - days * DAY;
  const when = times.slice(times.findIndex((time) => time > begin));
  const work = shuffled(openers, draw).slice(0, accounts * requests_a_day * days);
  return work
    .map(() => when[Math.floor(draw() * when.length)]!)
    .sort((a, b) => a - b)
    .map((time, i) => {
      const [accountLow, accountHigh] = names[i % accounts]!;
      return copyOf(work[i]!, {
        ...framed(work[i]!, wording),
        time,
        accountLow,
        accountHigh,
        organizationLow: 0,
        organizationHigh: 0,
        idLow: word(),
        idHigh: word(),
        chainLow: word(),
        chainHigh: word(),
        model,
      });
    });
}

/** What all requests of an operation have in common, and the numbers by which it renames the keys of its work. */
interface Wording {
  readonly keys: readonly number[];
  readonly tokens: readonly number[];
  readonly renaming: readonly [number, number];
}

function newWording(word: () => number): Wording {
  const kinds = [...Array<number>(WORDING.shingles).fill(KEY_KINDS.shingle), KEY_KINDS.head];
  return {
    keys: kinds.flatMap((kind) => [ofKind(word(), kind), word()]),
    tokens: Array.from({ length: WORDING.tokens }, () => word() & 0xffff),
    renaming: [word(), word()],
  };
}

/** What a request of an operation says: its wording, then the words of an opener. */
function framed(
  opener: TrafficRow,
  { keys, tokens, renaming }: Wording,
): Pick<TrafficRow, "keys" | "keyCount" | "tokens" | "tokenCount"> {
  const all = [...keys];
  for (let i = 0; i < opener.keyCount; i++) {
    const [low, high] = [opener.keys[2 * i]!, opener.keys[2 * i + 1]!];
    const kind = low & 15;
    if (OWN_WORDS.has(kind)) all.push(ofKind(low ^ renaming[0], kind), (high ^ renaming[1]) >>> 0);
  }
  const words = [...new Set([...tokens, ...opener.tokens])];
  return {
    keys: Uint32Array.from(all),
    keyCount: all.length / 2,
    tokens: Uint16Array.from(words),
    tokenCount: words.length,
  };
}

function ofKind(low: number, kind: number): number {
  return ((low & ~15) | kind) >>> 0;
}

function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0] as const)[0];
}

/** Fisher and Yates. */
function shuffled<T>(list: readonly T[], draw: Random): readonly T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}
