import { makeComponents } from "../../src/range/baselines/components.ts";

/** An account shares an object at a time in seconds. */
export interface Share {
  readonly object: string;
  readonly account: string;
  readonly time: number;
}

/** Accounts that share the same objects within the same short time. */
export interface CoSharing {
  /** Accounts that have shared an object with another account within the window, once at least. */
  readonly once: ReadonlySet<string>;
  /** Accounts linked to another by enough objects. */
  readonly linked: ReadonlySet<string>;
  /** Linked accounts joined into groups, largest first. */
  readonly groups: readonly (readonly string[])[];
}

/** How accounts are linked. */
export interface CoSharingOptions {
  readonly windowSeconds: number;
  /** Distinct objects that two accounts must both have shared within the window. */
  readonly leastObjects: number;
}

/**
 * The published method (co-sharing within a window; Righetti & Balluff, CooRTweet): two accounts are linked where they have
 * shared enough of the same objects within so many seconds of each other, and links are joined into groups.
 * O(shares · log shares + pairs within a window).
 */
export function coSharing(shares: readonly Share[], options: CoSharingOptions): CoSharing {
  const objects = objectsOfPairs(shares, options.windowSeconds);
  const names = [...new Set(shares.map(({ account }) => account))];
  const numbers = new Map(names.map((name, number) => [name, number]));
  const components = makeComponents();
  components.grow(names.length);
  const once = new Set<string>();
  const linked = new Set<string>();
  for (const [a, partners] of objects) {
    for (const [b, shared] of partners) {
      once.add(a).add(b);
      if (shared.size < options.leastObjects) continue;
      linked.add(a).add(b);
      components.join(numbers.get(a)!, numbers.get(b)!);
    }
  }
  components.stamp(0, 2);
  const groups = components.stamped().map(({ accounts }) => accounts.map((each) => names[each]!));
  return { once, linked, groups };
}

/** By the lesser and the greater account of a pair: the objects both have shared within the window. */
function objectsOfPairs(
  shares: readonly Share[],
  windowSeconds: number,
): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> {
  const pairs = new Map<string, Map<string, Set<string>>>();
  for (const [object, all] of Map.groupBy(shares, (share) => share.object)) {
    const inOrder = all.toSorted((a, b) => a.time - b.time);
    for (const [i, { account, time }] of inOrder.entries()) {
      for (let j = i + 1; j < inOrder.length && inOrder[j]!.time - time <= windowSeconds; j++) {
        const other = inOrder[j]!.account;
        if (other === account) continue;
        const [a, b] = account < other ? [account, other] : [other, account];
        const partners = pairs.get(a) ?? new Map<string, Set<string>>();
        pairs.set(a, partners.set(b, (partners.get(b) ?? new Set()).add(object)));
      }
    }
  }
  return pairs;
}
