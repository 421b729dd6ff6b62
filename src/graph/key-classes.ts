import { partsOf, type Partition } from "./partition.ts";
import type { Rows } from "./adjacency.ts";

/** Keys folded by the very same set of parties, such as the shingles of one prompt. */
export interface KeyClasses {
  /** The lowest key of each class, ascending. */
  readonly first: Uint32Array;
  /** class → its keys, ascending, as positions in `keys`. */
  readonly members: Rows;
  /** The keys that were folded, ascending. */
  readonly keys: Uint32Array;
}

/** Signatures of keys' party sets, 64 bits in two halves: sums of party hashes, so that adding a party is O(1). */
export interface SetSignatures {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/**
 * Folds the keys with at least `least` parties for which `isFolded` holds. Equal degree and signature count as the same set: two
 * different sets among 10⁷ meet with probability 10⁻⁶, and would be read as one. O(keys), one open-addressing table.
 */
export function foldSameSets(
  degrees: Uint32Array,
  signatures: SetSignatures,
  least: number,
  isFolded: (key: number) => boolean = () => true,
): KeyClasses {
  const { low, high } = signatures;
  const keyCount = degrees.length;
  let count = 0;
  for (let key = 0; key < keyCount; key++) if (degrees[key]! >= least && isFolded(key)) count += 1;
  const keys = new Uint32Array(count);
  const partOf = new Uint32Array(count);
  const first = new Uint32Array(count);
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(count * 2 + 2))).fill(-1);
  let position = 0;
  let classes = 0;
  for (let key = 0; key < keyCount; key++) {
    if (degrees[key]! < least || !isFolded(key)) continue;
    let slot = (low[key]! ^ Math.imul(high[key]!, 0x9e3779b1)) & (slots.length - 1);
    for (;;) {
      const found = slots[slot]!;
      if (found === -1) {
        first[classes] = key;
        slots[slot] = classes;
        partOf[position] = classes++;
        break;
      }
      const other = first[found]!;
      if (low[other] === low[key] && high[other] === high[key] && degrees[other] === degrees[key]) {
        partOf[position] = found;
        break;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    keys[position++] = key;
  }
  const partition: Partition = { count: classes, partOf };
  return { first: first.slice(0, classes), members: partsOf(partition), keys };
}
