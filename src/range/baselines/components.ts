/** Accounts joined by links into components, and the first time at which each component had enough accounts. */
export interface Components {
  /** Makes room for accounts up to `count`. */
  grow(count: number): void;
  find(account: number): number;
  join(a: number, b: number): void;
  /** Stamps every component of at least `least` accounts that has no time yet. */
  stamp(time: number, least: number): void;
  /** Components that were stamped, each ascending, largest first. */
  stamped(): readonly { readonly accounts: readonly number[]; readonly time: number }[];
}

/** No accounts yet. A disjoint-set forest with path halving: nearly O(1) a step; a stamp is O(accounts). */
export function makeComponents(): Components {
  const parents: number[] = [];
  const sizes: number[] = [];
  const times: number[] = [];
  const find = (account: number): number => {
    let at = account;
    while (parents[at] !== at) at = parents[at] = parents[parents[at]!]!;
    return at;
  };
  return {
    find,
    grow(count) {
      for (let account = parents.length; account < count; account++) {
        parents.push(account);
        sizes.push(1);
        times.push(Infinity);
      }
    },
    join(a, b) {
      const [first, second] = [find(a), find(b)];
      if (first === second) return;
      const [root, other] = sizes[first]! >= sizes[second]! ? [first, second] : [second, first];
      parents[other] = root;
      sizes[root]! += sizes[other]!;
      times[root] = Math.min(times[root]!, times[other]!);
    },
    stamp(time, least) {
      for (let account = 0; account < parents.length; account++) {
        if (parents[account] === account && sizes[account]! >= least)
          times[account] = Math.min(times[account]!, time);
      }
    },
    stamped() {
      const members = new Map<number, number[]>();
      for (let account = 0; account < parents.length; account++) {
        const root = find(account);
        if (times[root] === Infinity) continue;
        const known = members.get(root);
        if (known === undefined) members.set(root, [account]);
        else known.push(account);
      }
      return [...members]
        .map(([root, accounts]) => ({ accounts, time: times[root]! }))
        .toSorted((a, b) => b.accounts.length - a.accounts.length);
    },
  };
}
