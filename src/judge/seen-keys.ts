import type { KeyGraph } from "../graph/key-graph.ts";

/**
 * Keys that parties were seen with, on their way into the graph. A key enters it with its second party: that a key will
 * be shared one day leaves no trace before. Five bytes a key, and what a tick showed.
 */
export class SeenKeys {
  readonly #kinds: Uint8Array;
  readonly #first: Int32Array;
  #pending: number[] = [];

  /** `count`: how many keys there are, numbered from 0. */
  constructor(count: number) {
    this.#kinds = new Uint8Array(count);
    this.#first = new Int32Array(count).fill(-1);
  }

  /** Notes that a party holds a key of a kind. */
  note(key: number, kind: number, party: number): void {
    this.#kinds[key] = kind;
    this.#pending.push(key, party);
  }

  /** Adds what was noted to the graph. Returns how many of its new pairs are of parties for which `isNews` holds. O(notes). */
  teach(graph: KeyGraph, isNews: (party: number) => boolean): number {
    const pending = this.#pending;
    let news = 0;
    for (let i = 0; i < pending.length; i += 2) {
      const key = pending[i]!;
      const party = pending[i + 1]!;
      const first = this.#first[key]!;
      if (first < 0) this.#first[key] = party;
      if (first < 0 || first === party) continue;
      const kind = this.#kinds[key]!;
      if (graph.degree(key) === 0) graph.add(key, kind, first);
      if (graph.add(key, kind, party) && isNews(party)) news += 1;
    }
    this.#pending = [];
    return news;
  }
}
