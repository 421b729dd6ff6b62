import { makeEdgeTable } from "../graph/edge-table.ts";
import type { KeyGraph } from "../graph/key-graph.ts";
import { HashIndex } from "./hash-index.ts";

/**
 * Keys that several accounts use, and who was seen with them, on their way into the graph. A key enters it with its
 * second party: that it will be shared one day leaves no trace before. A key has a place, in the order in which it
 * became known, and a number from when it enters the graph: numbers decide ties there, and in this order they are the
 * same whether keys are known from the beginning or are told of one after the other. Sixteen bytes a key beside its index, and what a tick showed that the graph does not know.
 */
export class SeenKeys {
  readonly #graph: KeyGraph;
  readonly #index: HashIndex;
  /** By place: words of the key, the first party seen with it, its number (−1: none yet). */
  #low: Uint32Array;
  #high: Uint32Array;
  #first: Int32Array;
  #number: Int32Array;
  /** What the graph is to learn, in the order it was noted, and the same as a set: places with their parties. */
  #pending: number[] = [];
  #noted = makeEdgeTable();
  /** Keys by number. */
  readonly hashes: bigint[] = [];

  /** `shared`: low and high words of the keys known from the beginning. They enter `graph`. */
  constructor(graph: KeyGraph, shared: Uint32Array) {
    this.#graph = graph;
    const room = Math.max(1024, shared.length / 2);
    this.#index = new HashIndex(room);
    this.#low = new Uint32Array(room);
    this.#high = new Uint32Array(room);
    this.#first = new Int32Array(room).fill(-1);
    this.#number = new Int32Array(room).fill(-1);
    for (let i = 0; i < shared.length; i += 2) this.#add(shared[i]!, shared[i + 1]!);
  }

  /** The place of a shared key by its words; −1 where it is none. */
  find(low: number, high: number): number {
    return this.#index.get(low, high);
  }

  /** Takes a key for a shared one from now on, and returns its place. `party`: the only one seen with it so far. */
  share(hash: bigint, party = -1): number {
    const place = this.#add(Number(hash & 0xffffffffn), Number(hash >> 32n));
    if (this.#first[place]! < 0) this.#first[place] = party;
    return place;
  }

  /** Notes that a party holds the key at a place, where that is news. Expected O(1). */
  note(place: number, party: number): void {
    if (this.#first[place] === party) return;
    const number = this.#number[place]!;
    if (number >= 0 && this.#graph.has(number, party)) return;
    if (this.#noted.add(place, party)) this.#pending.push(place, party);
  }

  /** The number of the key at a place; −1 before it has one. */
  numberOf(place: number): number {
    return this.#number[place]!;
  }

  /** The number of the key at a place, which is to enter the graph now. */
  enter(place: number): number {
    if (this.#number[place]! < 0) {
      this.#number[place] = this.hashes.length;
      this.hashes.push((BigInt(this.#high[place]!) << 32n) | BigInt(this.#low[place]!));
    }
    return this.#number[place]!;
  }

  /** Adds what was noted to the graph. Returns how many of its new pairs are of parties for which `isNews` holds. O(notes). */
  teach(isNews: (party: number) => boolean): number {
    const graph = this.#graph;
    const pending = this.#pending;
    let news = 0;
    for (let i = 0; i < pending.length; i += 2) {
      const place = pending[i]!;
      const party = pending[i + 1]!;
      const first = this.#first[place]!;
      if (first < 0) this.#first[place] = party;
      if (first < 0 || first === party) continue;
      const kind = this.#low[place]! & 15;
      const number = this.enter(place);
      if (graph.degree(number) === 0) graph.add(number, kind, first);
      if (graph.add(number, kind, party) && isNews(party)) news += 1;
    }
    this.#pending = [];
    this.#noted = makeEdgeTable();
    return news;
  }

  #add(low: number, high: number): number {
    const known = this.#index.size;
    const place = this.#index.add(low, high);
    if (place < known) return place;
    if (place >= this.#low.length) this.#grow();
    this.#low[place] = low;
    this.#high[place] = high;
    return place;
  }

  #grow(): void {
    const size = this.#low.length * 2;
    const low = new Uint32Array(size);
    const high = new Uint32Array(size);
    const first = new Int32Array(size).fill(-1);
    const number = new Int32Array(size).fill(-1);
    low.set(this.#low);
    high.set(this.#high);
    first.set(this.#first);
    number.set(this.#number);
    [this.#low, this.#high, this.#first, this.#number] = [low, high, first, number];
  }
}
