/** Bins of a sketch: the similarity estimated from it has a standard error of at most 0.045. */
export const SKETCH_BINS = 128;
/** An empty bin. */
const EMPTY = 0xffffffff;
/** Accounts with the same least hash that an account is compared with, in order of the bins that follow. */
const NEXT_COMPARED = 3;
/** Bins after the shared one by which they are ordered. */
const ORDERING_BINS = 3;

/** Sets of actions by account, each as the least hash in each of 128 bins, and how many actions it holds. */
export interface ActionSketches {
  readonly minima: Uint32Array;
  readonly sizes: Uint32Array;
}

/** Empty sets for so many accounts. */
export function makeSketches(accounts: number): ActionSketches {
  return {
    minima: new Uint32Array(accounts * SKETCH_BINS).fill(EMPTY),
    sizes: new Uint32Array(accounts),
  };
}

/** Sets one bin of an account's sketch: its least hash, and the distinct actions that fell into it. */
export function fillBin(
  { minima, sizes }: ActionSketches,
  bin: {
    readonly account: number;
    readonly bin: number;
    readonly least: number;
    readonly actions: number;
  },
): void {
  const at = bin.account * SKETCH_BINS + bin.bin;
  // The largest hash would read as an empty bin; one less is as good.
  minima[at] = Math.min(minima[at]!, bin.least, EMPTY - 1);
  sizes[bin.account]! += bin.actions;
}

/** Unions of disjoint sets, account by account. `accounts` is at least as many as either has. */
export function unionOf(sets: readonly ActionSketches[], accounts: number): ActionSketches {
  const union = makeSketches(accounts);
  for (const { minima, sizes } of sets) {
    for (let i = 0; i < minima.length; i++)
      if (minima[i]! < union.minima[i]!) union.minima[i] = minima[i]!;
    for (let i = 0; i < sizes.length; i++) union.sizes[i]! += sizes[i]!;
  }
  return union;
}

/** The Jaccard similarity of two accounts' sets: bins that agree, of those that either uses. Source: Li, Owen and Zhang 2012 (one permutation hashing). */
export function similarity({ minima }: ActionSketches, a: number, b: number): number {
  let used = 0;
  let equal = 0;
  for (let bin = 0; bin < SKETCH_BINS; bin++) {
    const left = minima[a * SKETCH_BINS + bin]!;
    const right = minima[b * SKETCH_BINS + bin]!;
    if (left === EMPTY && right === EMPTY) continue;
    used += 1;
    if (left === right) equal += 1;
  }
  return used === 0 ? 0 : equal / used;
}

/**
 * Calls `visit` with pairs of accounts that may be alike: in each bin, accounts with the same least hash are ordered by
 * the bins that follow, so that like ones stand together, and each is paired with the next three. A pair may come more
 * than once. O(bins · accounts · log accounts), whatever the sizes of the groups.
 */
export function likelyPairs(
  { minima, sizes }: ActionSketches,
  visit: (a: number, b: number) => void,
): void {
  for (let bin = 0; bin < SKETCH_BINS; bin++) {
    const users: number[] = [];
    for (let a = 0; a < sizes.length; a++)
      if (minima[a * SKETCH_BINS + bin] !== EMPTY) users.push(a);
    users.sort((a, b) => {
      for (let next = 0; next <= ORDERING_BINS; next++) {
        const column = (bin + next) % SKETCH_BINS;
        const order = minima[a * SKETCH_BINS + column]! - minima[b * SKETCH_BINS + column]!;
        if (order !== 0) return order;
      }
      return a - b;
    });
    for (const [i, a] of users.entries()) {
      for (const b of users.slice(i + 1, i + 1 + NEXT_COMPARED)) {
        if (minima[a * SKETCH_BINS + bin] !== minima[b * SKETCH_BINS + bin]) break;
        visit(a, b);
      }
    }
  }
}
