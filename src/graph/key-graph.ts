import { layOut, mergeTail, type Adjacency, type Degrees } from "./adjacency.ts";
import { DEFAULT_CANDIDATE_OPTIONS, type Candidate, type CandidateOptions } from "./candidate.ts";
import { makeEdgeTable } from "./edge-table.ts";
import { findCandidates } from "./find-candidates.ts";
import { makeOverlapCounter } from "./overlap-counts.ts";
import { hashParties } from "./party-samples.ts";

export type { Candidate, CandidateOptions } from "./candidate.ts";

/** A tail longer than this share of the graph is laid out anew instead of merged. */
const MAX_TAIL_SHARE = 0.25;
const LEAST_TAIL = 1 << 16;
/** Look-ups scan a tail up to this long before the adjacency is brought up to date. */
const MAX_SCANNED_TAIL = 2048;

/**
 * A growing bipartite graph of parties and the keys they hold, and the candidate groups in it.
 * Keys and parties are the caller's dense numbers from 0. About 13 bytes an edge for the set of
 * edges, 8 for the two sorted directions; no object per edge.
 */
export class KeyGraph {
  readonly #seed: number;
  readonly #edges = makeEdgeTable();
  readonly #overlaps = makeOverlapCounter();
  #keyDegrees = new Uint32Array(1024);
  #partyDegrees = new Uint32Array(1024);
  #kinds = new Uint8Array(1024);
  #keyRows = 0;
  #partyRows = 0;
  #partyCount = 0;
  #adjacency: Adjacency | undefined;
  #tailKeys = new Uint32Array(LEAST_TAIL);
  #tailParties = new Uint32Array(LEAST_TAIL);
  #tailLength = 0;
  #partyHashes: Uint32Array;
  #signatureLow = new Uint32Array(1024);
  #signatureHigh = new Uint32Array(1024);
  #answer: { readonly options: string; readonly candidates: readonly Candidate[] } | undefined;

  /** `seed` picks the hash that samples the parties of keys with more than 256. */
  constructor(options: { seed: number }) {
    this.#seed = options.seed;
    this.#partyHashes = hashParties(1024, options.seed);
  }

  /**
   * Records that `party` holds `key`; true where the pair is new. `kind` (0 to 255) is what sort of
   * key it is, set at first sight. Expected O(1).
   */
  add(key: number, kind: number, party: number): boolean {
    if (!this.#edges.add(key, party)) return false;
    if (key >= this.#keyDegrees.length) {
      this.#keyDegrees = widened(this.#keyDegrees, key);
      this.#kinds = widenedBytes(this.#kinds, key);
      this.#signatureLow = widened(this.#signatureLow, key);
      this.#signatureHigh = widened(this.#signatureHigh, key);
    }
    if (party >= this.#partyDegrees.length) {
      this.#partyDegrees = widened(this.#partyDegrees, party);
      this.#partyHashes = hashParties(this.#partyDegrees.length, this.#seed);
    }
    if (this.#keyDegrees[key] === 0) this.#kinds[key] = kind;
    if (this.#partyDegrees[party] === 0) this.#partyCount += 1;
    this.#keyDegrees[key]! += 1;
    this.#partyDegrees[party]! += 1;
    const hash = this.#partyHashes[party]!;
    this.#signatureLow[key]! += hash;
    this.#signatureHigh[key]! += remixed(hash);
    this.#keyRows = Math.max(this.#keyRows, key + 1);
    this.#partyRows = Math.max(this.#partyRows, party + 1);
    this.#appendToTail(key, party);
    this.#answer = undefined;
    return true;
  }

  /** True where it is recorded that the party holds the key. Expected O(1). */
  has(key: number, party: number): boolean {
    return this.#edges.has(key, party);
  }

  /** How many parties hold the key; 0 for one never seen. */
  degree(key: number): number {
    return this.#keyDegrees[key] ?? 0;
  }

  /** The kind the key was first added with; 0 for one never seen. */
  kind(key: number): number {
    return this.#kinds[key] ?? 0;
  }

  /** The parties that hold the key, ascending. O(degree) after `candidates`. */
  parties(key: number): Uint32Array {
    return this.#row("byKey", key);
  }

  /** The keys that the party holds, ascending. O(its keys) after `candidates`. */
  keysOf(party: number): Uint32Array {
    return this.#row("byParty", party);
  }

  /** Parties that hold at least one key. */
  get partyCount(): number {
    return this.#partyCount;
  }

  get edgeCount(): number {
    return this.#edges.size;
  }

  /**
   * Candidate groups from everything added so far, best score first. A function of the set of edges
   * and the seed: the order of adding, and earlier calls, leave no trace. Renumbering parties or keys
   * renumbers the answer; only keys with over 256 parties are sampled by number, and ties between
   * equally good communities fall to the lower number.
   */
  candidates(options: Partial<CandidateOptions> = {}): readonly Candidate[] {
    const full = { ...DEFAULT_CANDIDATE_OPTIONS, ...options };
    full.population = Math.max(full.population, this.#partyCount);
    const name = JSON.stringify({ ...full, settled: full.settled.size });
    if (this.#answer?.options === name) return this.#answer.candidates;
    const adjacency = this.#upToDate();
    const candidates = findCandidates({
      adjacency,
      kinds: this.#kinds,
      keyDegrees: this.#keyDegrees.subarray(0, this.#keyRows),
      signatures: { low: this.#signatureLow, high: this.#signatureHigh },
      partyHashes: this.#partyHashes.subarray(0, this.#partyRows),
      overlaps: this.#overlaps,
      options: full,
    });
    this.#answer = { options: name, candidates };
    return candidates;
  }

  #appendToTail(key: number, party: number): void {
    if (this.#tailLength < 0) return;
    if (this.#tailLength === this.#tailKeys.length) {
      if (this.#tailLength > MAX_TAIL_SHARE * this.edgeCount) {
        this.#tailLength = -1;
        return;
      }
      this.#tailKeys = widened(this.#tailKeys, this.#tailLength);
      this.#tailParties = widened(this.#tailParties, this.#tailLength);
    }
    this.#tailKeys[this.#tailLength] = key;
    this.#tailParties[this.#tailLength] = party;
    this.#tailLength += 1;
  }

  #upToDate(): Adjacency {
    if (this.#adjacency !== undefined && this.#tailLength === 0) return this.#adjacency;
    const degrees: Degrees = {
      ofKey: this.#keyDegrees,
      keyCount: this.#keyRows,
      ofParty: this.#partyDegrees,
      partyCount: this.#partyRows,
    };
    const canMerge =
      this.#adjacency !== undefined &&
      this.#tailLength >= 0 &&
      this.#tailLength <= MAX_TAIL_SHARE * this.edgeCount;
    const tail = { keys: this.#tailKeys, parties: this.#tailParties, length: this.#tailLength };
    this.#adjacency = canMerge
      ? mergeTail(this.#adjacency!, tail, degrees)
      : layOut((visit) => this.#edges.forEach(visit), degrees);
    this.#tailLength = 0;
    return this.#adjacency;
  }

  #row(direction: "byKey" | "byParty", row: number): Uint32Array {
    const stale = this.#tailLength < 0 || this.#tailLength > MAX_SCANNED_TAIL;
    const adjacency = this.#adjacency === undefined || stale ? this.#upToDate() : this.#adjacency;
    const { offsets, items } = adjacency[direction];
    const known =
      row + 1 < offsets.length ? items.slice(offsets[row], offsets[row + 1]) : new Uint32Array(0);
    if (this.#tailLength === 0) return known;
    const [rows, others] =
      direction === "byKey"
        ? [this.#tailKeys, this.#tailParties]
        : [this.#tailParties, this.#tailKeys];
    const more: number[] = [];
    for (let i = 0; i < this.#tailLength; i++) if (rows[i] === row) more.push(others[i]!);
    return more.length === 0 ? known : Uint32Array.of(...known, ...more).sort();
  }
}

/** A second hash of a hash, so that the two halves of a signature are independent. */
function remixed(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return Math.imul(h ^ (h >>> 13), 0x2c1b3c6d);
}

function widened(old: Uint32Array, index: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(Math.max(old.length * 2, index + 1));
  wider.set(old);
  return wider;
}

function widenedBytes(old: Uint8Array, index: number): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(Math.max(old.length * 2, index + 1));
  wider.set(old);
  return wider;
}
