import { KEY_KINDS } from "../core/key-kind.ts";
import {
  COMPARED,
  compared,
  type Established,
  ownSimilarity,
  peersOf,
} from "../signals/own-similarity.ts";
import { type AccountFacts, keyed, type Roster } from "./roster.ts";
import type { TrafficRow } from "./traffic-row.ts";

/** Most accounts kept, those of least keyed hash. */
const MOST_ACCOUNTS = 512;
const DAY = 86_400;
const LEAST_AGE_SECONDS = 180 * DAY;
/** What is known of them is computed again when this much more of it was seen. */
const GROWTH = 1.1;
const SEED = 0x3c6ef372;

interface Kept {
  readonly account: number;
  readonly order: number;
  readonly conversations: { priority: number; tokens: Uint16Array; peers: number }[];
}

/** What they show, and after how many conversations. */
interface Learned {
  readonly known: Established;
  readonly of: number;
}

/**
 * A sample of accounts that are old, verified and pay, with a few conversations of each: what legitimate use looks like.
 * At most 512 accounts of 16 conversations. An account that ends among the least hashes is
 * so from the day it is old enough.
 */
export class EstablishedAccounts {
  readonly #kept = new Map<number, Kept>();
  /** The kept account of greatest order, once all places are taken. */
  #last: Kept | undefined;
  #seen = 0;
  #learnt: Learned | undefined;

  /** Takes the first exchange of a conversation. */
  offer(row: TrafficRow, account: number, roster: Roster): void {
    if (row.tokenCount === 0) return;
    const kept = this.#kept.get(account) ?? this.#admit(account, row.time, roster);
    if (kept === undefined) return;
    const priority = keyed(row.idLow, row.idHigh, SEED);
    const { conversations } = kept;
    const full = conversations.length >= COMPARED[0];
    const worst = full
      ? conversations.reduce((a, b) => (b.priority > a.priority ? b : a))
      : undefined;
    if (worst !== undefined && worst.priority <= priority) return;
    this.#seen += 1;
    const fresh = { priority, tokens: row.tokens.slice(0, row.tokenCount), peers: row.script };
    if (worst === undefined) conversations.push(fresh);
    else Object.assign(worst, fresh);
  }

  /** What their conversations have in common, as of now. */
  get known(): Established {
    return this.#learned().known;
  }

  /** Remembers when that was last computed; the answer takes it back to there. */
  mark(): () => void {
    const learnt = this.#learnt;
    return () => (this.#learnt = learnt);
  }

  #learned(): Learned {
    if (this.#learnt === undefined || this.#seen > GROWTH * this.#learnt.of) {
      this.#learnt = { known: this.#measure(), of: this.#seen };
    }
    return this.#learnt;
  }

  #admit(account: number, now: number, roster: Roster): Kept | undefined {
    const order = keyed(account, 0, SEED);
    if (this.#last !== undefined && order >= this.#last.order) return undefined;
    if (!isEstablished(roster.facts(account), now)) return undefined;
    if (this.#last !== undefined) this.#kept.delete(this.#last.account);
    const kept = { account, order, conversations: [] };
    this.#kept.set(account, kept);
    if (this.#kept.size >= MOST_ACCOUNTS) {
      this.#last = [...this.#kept.values()].reduce((a, b) => (b.order > a.order ? b : a));
    }
    return kept;
  }

  #measure(): Established {
    const weights = new Float64Array(65_536);
    let documents = 0;
    for (const { conversations } of this.#kept.values()) {
      for (const { tokens } of conversations) {
        documents += 1;
        for (const token of tokens) weights[token]! += 1;
      }
    }
    for (let t = 0; t < weights.length; t++) {
      weights[t] = Math.log(1 + (documents + 1) / (weights[t]! + 1));
    }
    const similarities = new Map(
      COMPARED.map((size) => [size as number, this.#similarities(size, weights)]),
    );
    return { weights, similarities };
  }

  /** By `peers`, ascending: what `size` conversations of each account have in common. */
  #similarities(size: number, weights: Float64Array): ReadonlyMap<number, Float64Array> {
    const found = new Map<number, number[]>();
    for (const { conversations } of this.#kept.values()) {
      const sample = compared(conversations, size);
      if (sample.length === 0) continue;
      const tokens = sample.map((conversation) => conversation.tokens);
      const similarity = ownSimilarity(tokens, weights);
      if (similarity === undefined) continue;
      const peers = peersOf(sample);
      found.set(peers, [...(found.get(peers) ?? []), similarity]);
    }
    return new Map([...found].map(([peers, all]) => [peers, Float64Array.from(all).sort()]));
  }
}

/** Old enough, verified by something, and paying by something, `now` in seconds. */
export function isEstablished(facts: AccountFacts | undefined, now: number): boolean {
  if (facts === undefined || facts.created === 0) return false;
  if (facts.verification === "" || facts.verification === "none") return false;
  if (!facts.identity.some(({ kind }) => kind === KEY_KINDS.payment)) return false;
  return now - facts.created >= LEAST_AGE_SECONDS;
}
