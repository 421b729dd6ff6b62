import type { Ties } from "./signal.ts";
import type { Slice } from "./slice.ts";

/** Accounts that cover more of the items than this work through a list that is known to them: a benchmark, a sheet. */
const LIST_SHARE = 0.1;
const LEAST_ITEMS = 20;
/** Items an account must have before anything is said of it, and the share of them that others must have too. */
const LEAST_TO_TELL = 4;
const TIED_SHARE = 0.2;

/** How items repeat across accounts. */
export interface ItemRepeats {
  /** f_k by half of the items (split by their hash): entry k = items with exactly k distinct payers. */
  readonly halves: readonly [Uint32Array, Uint32Array];
  /** Uses of items by the payers of the accounts that were kept. */
  readonly uses: readonly number[];
  /** Share of all uses that come from accounts covering more than a tenth of the items. */
  readonly listShare: number;
  readonly items: number;
  /** Accounts with enough items to tell (index into the slice), and those of them that share items as a dealt list makes them. */
  readonly ties: Ties;
}

/** Distinct payers by item, without the accounts that cover much of the list. O(items). */
export function itemRepeats(slice: Slice): ItemRepeats {
  const byAccount = new Map<number, Set<number>>();
  const all = new Map<number, number>();
  for (const { account, item } of slice.items) {
    if (item === 0) continue;
    let own = byAccount.get(account);
    if (own === undefined) byAccount.set(account, (own = new Set()));
    if (own.has(item)) continue;
    own.add(item);
    all.set(item, (all.get(item) ?? 0) + 1);
  }
  const most = Math.max(LIST_SHARE * all.size, LEAST_ITEMS / 10);
  const holders = new Map<number, number>();
  const uses: number[] = [];
  let listUses = 0;
  const tested = new Set<number>();
  const tied = new Set<number>();
  const byPayer = new Map<number, Set<number>>();
  for (const [index, own] of byAccount) {
    const { account, payer } = slice.accounts[index] ?? { account: -1, payer: -1 };
    let repeated = 0;
    for (const item of own) if ((all.get(item) ?? 0) > 1) repeated += 1;
    if (own.size >= LEAST_TO_TELL) tested.add(account);
    if (all.size >= LEAST_ITEMS && own.size > most && byAccount.size > 1) {
      // An account alone can't cover the list by being most of the traffic: others must have the same items.
      if (repeated > own.size / 2) {
        listUses += own.size;
        continue;
      }
    }
    if (own.size >= LEAST_TO_TELL && repeated >= TIED_SHARE * own.size) tied.add(account);
    const items = byPayer.get(payer) ?? new Set<number>();
    byPayer.set(payer, items);
    for (const item of own) items.add(item);
  }
  for (const items of byPayer.values()) {
    uses.push(items.size);
    for (const item of items) holders.set(item, (holders.get(item) ?? 0) + 1);
  }
  const halves: [Uint32Array, Uint32Array] = [new Uint32Array(66), new Uint32Array(66)];
  for (const [item, count] of holders) halves[(item >>> 7) & 1]![Math.min(65, count)]! += 1;
  const total = listUses + uses.reduce((a, b) => a + b, 0);
  return {
    halves,
    uses,
    listShare: total === 0 ? 0 : listUses / total,
    items: all.size,
    ties: { tested, tied },
  };
}
