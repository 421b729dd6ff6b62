/** A set of (key, party) pairs: open addressing over two typed arrays that double at 70 % load. */
export interface EdgeTable {
  /** Adds the pair; true where it is new. Expected O(1), amortized over doublings. */
  add(key: number, party: number): boolean;
  has(key: number, party: number): boolean;
  /** Calls `visit` for every pair, in no meaningful order. O(capacity). */
  forEach(visit: (key: number, party: number) => void): void;
  readonly size: number;
}

const INITIAL_BITS = 12;
const MAX_LOAD = 0.7;
/** Marks an empty slot; keys therefore stay below it. */
const EMPTY = 0xffffffff;

/** Makes an empty table. Eight bytes a slot: 20 M pairs take 268 MB. */
export function makeEdgeTable(): EdgeTable {
  let bits = INITIAL_BITS;
  let keys = new Uint32Array(1 << bits).fill(EMPTY);
  let parties = new Uint32Array(1 << bits);
  let size = 0;

  const grow = (): void => {
    const oldKeys = keys;
    const oldParties = parties;
    bits += 1;
    keys = new Uint32Array(2 ** bits).fill(EMPTY);
    parties = new Uint32Array(2 ** bits);
    const mask = 2 ** bits - 1;
    for (let i = 0; i < oldKeys.length; i++) {
      const key = oldKeys[i]!;
      if (key === EMPTY) continue;
      let slot = mix(key, oldParties[i]!) & mask;
      while (keys[slot] !== EMPTY) slot = (slot + 1) & mask;
      keys[slot] = key;
      parties[slot] = oldParties[i]!;
    }
  };

  /** The slot of a pair, or the one where it would be. */
  const slotOf = (key: number, party: number): number => {
    const mask = keys.length - 1;
    let slot = mix(key, party) & mask;
    for (;;) {
      const found = keys[slot]!;
      if (found === EMPTY || (found === key && parties[slot] === party)) return slot;
      slot = (slot + 1) & mask;
    }
  };

  return {
    has: (key, party) => keys[slotOf(key, party)] !== EMPTY,
    add(key, party) {
      if (size + 1 > MAX_LOAD * keys.length) grow();
      const slot = slotOf(key, party);
      if (keys[slot] !== EMPTY) return false;
      keys[slot] = key;
      parties[slot] = party;
      size += 1;
      return true;
    },
    forEach(visit) {
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i]!;
        if (key !== EMPTY) visit(key, parties[i]!);
      }
    },
    get size() {
      return size;
    },
  };
}

function mix(key: number, party: number): number {
  let h = Math.imul(key ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(party + 0x7f4a7c15, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
