import { INTENT } from "../core/key-kind.ts";
import { HashIndex } from "./hash-index.ts";
import type { KeptExchange, Lineage } from "./lineage.ts";
import type { TrafficRow } from "./traffic-row.ts";

/** Where an exchange stands in its conversation: the number of the conversation it begins, or one of these. */
export const GOES_ON = -1;
/** Its conversation can not be told. */
export const UNKNOWN = -2;

/** Displaced exchanges are forgotten once as many times more are watched than were left the last time, or so many. */
const WATCHED_GROWTH = 1.25;
const LEAST_WATCHED = 4096;

/** What came of an answer in a later tick than its request: in bytes and tokens, what that adds. */
export interface LatePart {
  /** Seconds since 1970; and when the request was made. */
  readonly time: number;
  readonly askedAt: number;
  /** sipHash64 of the request's id. */
  readonly id: bigint;
  readonly chainLow: number;
  readonly chainHigh: number;
  readonly answerBytes: number;
  readonly outputTokens: number;
  readonly finish: number;
}

/**
 * Follows conversations by their chains (hashes of all messages so far, by account), and tells sampled first exchanges
 * what became of them. About 21 to 42 bytes a chain.
 */
export class Conversations {
  readonly #chains = new HashIndex(1 << 16);
  /** By chain: the chain that began its conversation. */
  #roots = new Int32Array(1 << 16);
  #sampled = new Map<number, KeptExchange[]>();
  #watched = 0;
  /** How many are watched when those displaced are forgotten next. */
  #next = LEAST_WATCHED;

  /** Takes the next exchange. Returns the number of the conversation it begins, GOES_ON, or UNKNOWN without messages. */
  follow(row: TrafficRow): number {
    if (row.chainLow === 0 && row.chainHigh === 0) return UNKNOWN;
    const parent = row.turn === 0 ? -1 : this.#chains.get(row.parentLow, row.parentHigh);
    const chain = this.#chains.add(row.chainLow, row.chainHigh);
    if (chain >= this.#roots.length) {
      const wider = new Int32Array(this.#roots.length * 2);
      wider.set(this.#roots);
      this.#roots = wider;
    }
    if (parent < 0) {
      this.#roots[chain] = chain;
      return chain;
    }
    const root = this.#roots[parent]!;
    this.#roots[chain] = root;
    for (const exchange of this.#sampled.get(root) ?? []) {
      exchange.answerBytes += row.answerBytes;
      exchange.outputTokens += row.outputTokens;
      exchange.steps += 1;
      if ((row.intent & INTENT.spoken) !== 0) exchange.built = true;
    }
    return GOES_ON;
  }

  /** Tells the sampled exchanges of its conversation what came late. */
  complete(part: LatePart): void {
    const chain = this.#chains.get(part.chainLow, part.chainHigh);
    if (chain < 0) return;
    const root = this.#roots[chain]!;
    for (const exchange of this.#sampled.get(root) ?? []) {
      if (exchange.id === part.id) exchange.finish = Math.max(exchange.finish, part.finish);
      else if (chain === root || exchange.time > part.askedAt) continue;
      exchange.answerBytes += part.answerBytes;
      exchange.outputTokens += part.outputTokens;
    }
  }

  /** From here on the sampled exchange learns what becomes of its conversation. */
  watch(exchange: KeptExchange): void {
    if (exchange.conversation < 0) return;
    this.#watched += 1;
    const list = this.#sampled.get(exchange.conversation);
    if (list === undefined) this.#sampled.set(exchange.conversation, [exchange]);
    else list.push(exchange);
  }

  /** How many exchanges learn what becomes of their conversations. */
  get watched(): number {
    return this.#watched;
  }

  /**
   * Forgets what was displaced from the samples of these lineages, or belonged to others that are gone: it need learn no
   * more. Only where that may be a fifth of all: O(1) an exchange watched.
   */
  forgetDisplaced(lineages: readonly Pick<Lineage, "accounts">[]): void {
    if (this.#watched < this.#next) return;
    this.#sampled = new Map();
    this.#watched = 0;
    for (const { accounts } of lineages) {
      for (const { sample } of accounts.values()) {
        for (const exchange of sample) if (!this.#isWatched(exchange)) this.watch(exchange);
      }
    }
    this.#next = Math.max(LEAST_WATCHED, WATCHED_GROWTH * this.#watched);
  }

  #isWatched(exchange: KeptExchange): boolean {
    return this.#sampled.get(exchange.conversation)?.includes(exchange) === true;
  }
}
