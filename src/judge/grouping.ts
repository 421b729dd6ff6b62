import { KeyGraph } from "../graph/key-graph.ts";
import type { Candidate } from "../graph/candidate.ts";
import { candidatesIn } from "./hypothesis-of.ts";
import { SeenKeys } from "./seen-keys.ts";

/**
 * Parties are grouped anew when this share of edges is new, at least this many, or a UTC day has passed. Edges of a
 * flagged group's parties are no news: an operation that sends on and on would have all grouped at every tick.
 */
const REGROUP_SHARE = 0.005;
const REGROUP_LEAST = 24;
const DAY = 86_400;

/** What grouping needs. */
export interface GroupingOptions {
  readonly seed: number;
  /** See `JudgeOptions`. */
  readonly keys: Uint32Array;
  /** See `JudgeOptions`. */
  readonly everyTick?: boolean | undefined;
}

/** The graph of parties and keys as far as it is known, and when it is worth grouping anew. */
export class Grouping {
  readonly graph: KeyGraph;
  /** What is noted here, `learn` adds to the graph. */
  readonly keys: SeenKeys;
  readonly #everyTick: boolean;
  /** Edges of parties not flagged when they came: those since the last grouping, and those before it. */
  #news = 0;
  #known = 0;
  #groupedEdges = 0;
  #groupedDay = -1;
  /** Parties of groups flagged by their contents: a pool found by its means may hold several operators yet. */
  readonly #flagged = new Set<number>();

  constructor({ seed, keys, everyTick = false }: GroupingOptions) {
    this.graph = new KeyGraph({ seed });
    this.keys = new SeenKeys(this.graph, keys);
    this.#everyTick = everyTick;
  }

  /** Adds to the graph that a party holds the key at a place, at once. */
  tie(place: number, kind: number, party: number): void {
    if (this.graph.add(this.keys.enter(place), kind, party) && !this.#flagged.has(party))
      this.#news += 1;
  }

  /** Adds what was noted to the graph. O(notes). */
  learn(): void {
    this.#news += this.keys.teach((party) => !this.#flagged.has(party));
  }

  /** Takes a party for one that needs no more searching. */
  settle(party: number): void {
    this.#flagged.add(party);
  }

  /** Whether to group anew at a time in seconds. */
  isDue(end: number): boolean {
    const isNew = this.graph.edgeCount > this.#groupedEdges;
    if (this.#everyTick) return isNew;
    const least = Math.max(REGROUP_LEAST, REGROUP_SHARE * (this.#known + this.#news));
    return this.#news >= least || (isNew && Math.floor(end / DAY) !== this.#groupedDay);
  }

  /** The candidate groups of `population` parties at a time in seconds, best first. */
  group(end: number, population: number): readonly Candidate[] {
    this.#groupedEdges = this.graph.edgeCount;
    this.#groupedDay = Math.floor(end / DAY);
    this.#known += this.#news;
    this.#news = 0;
    return candidatesIn(this.graph, population, this.#flagged);
  }
}
