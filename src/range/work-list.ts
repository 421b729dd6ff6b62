import type { Random } from "./random.ts";

/** One entry of a list that a dispatcher deals out. */
export interface WorkItem<T> {
  readonly value: T;
  /** Accounts that have had it. */
  readonly given: Set<string>;
}

/** A list dealt to accounts, each entry the same number of times. */
export interface WorkList<T> {
  /** The next entry for `account`: near the front of the list, not one it has had where another is at hand. */
  deal(account: string): WorkItem<T>;
  /** Puts an entry back, as after a failed request. */
  requeue(item: WorkItem<T>): void;
}

/** Deals entries written by `write`, `times` times each, from a front of about `front` copies in random order, so that copies of one entry lie apart. Memory is bounded by `front`. */
export function makeWorkList<T>(
  random: Random,
  options: { readonly write: () => T; readonly times: number; readonly front: number },
): WorkList<T> {
  const copies: WorkItem<T>[] = [];
  const refill = (): void => {
    while (copies.length < options.front) {
      const item: WorkItem<T> = { value: options.write(), given: new Set() };
      for (let i = 0; i < options.times; i++) copies.push(item);
    }
  };
  const deal = (account: string): WorkItem<T> => {
    refill();
    let at = random.whole(0, copies.length - 1);
    for (let tries = 0; tries < 20 && copies[at]?.given.has(account) === true; tries++)
      at = random.whole(0, copies.length - 1);
    const item = copies[at] as WorkItem<T>;
    copies[at] = copies.at(-1) as WorkItem<T>;
    copies.pop();
    item.given.add(account);
    return item;
  };
  return { deal, requeue: (item) => void copies.push(item) };
}
