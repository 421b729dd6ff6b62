import { describe, expect, it } from "vitest";
import { KEY_KINDS } from "../../src/core/key-kind.ts";
import { worklist } from "../../src/signals/worklist.ts";
import { random } from "../../src/stats/random.ts";
import { measure, sliceOf } from "./slice-of.ts";

const ACCOUNTS = 100;
/** Spreads item numbers over 32 bits, as a hash does. */
const item = (number: number) => Math.imul(number + 1, 0x9e37_79b1) >>> 0;

/** Each of the items goes to `times` accounts, dealt in turn from random places. */
function dealt(items: number, times: number) {
  const next = random(2);
  return Array.from({ length: items }, (_, i) => {
    const start = Math.floor(next() * ACCOUNTS);
    return Array.from({ length: times }, (_unused, t) => ({
      account: (start + t * 31) % ACCOUNTS,
      item: item(i),
    }));
  }).flat();
}

describe("worklist", () => {
  it("speaks for a list of which each item is dealt out three times", () => {
    const slice = sliceOf({ accounts: ACCOUNTS, items: dealt(400, 3) });
    const { bits, sentence } = measure(worklist, slice);
    expect(bits).toBeGreaterThan(20);
    expect(sentence).toContain("exactly 3 of 100 accounts");
  });

  it("says nothing of people who choose among items by their popularity", () => {
    const next = random(9);
    const items = Array.from({ length: 1200 }, () => ({
      account: Math.floor(next() * ACCOUNTS),
      item: item(Math.floor(600 * next() ** 3)),
    }));
    expect(measure(worklist, sliceOf({ accounts: ACCOUNTS, items })).bits).toBeLessThanOrEqual(0);
  });

  it("abstains on a benchmark that every account works through, half-run ones too", () => {
    const items = Array.from({ length: 7 * 200 }, (_, i) => ({
      account: i % 7,
      item: item(Math.floor(i / 7)),
    })).filter(({ account }, i) => account !== 3 || i < 700);
    expect(measure(worklist, sliceOf({ accounts: 7, items })).bits).toBe(0);
  });

  it("does not see one pass over a list", () => {
    const slice = sliceOf({ accounts: ACCOUNTS, items: dealt(800, 1) });
    expect(measure(worklist, slice).bits).toBeLessThanOrEqual(0);
  });

  it("does not testify where shared items gathered the group", () => {
    const slice = sliceOf({
      accounts: ACCOUNTS,
      items: dealt(400, 3),
      foundBy: new Set([KEY_KINDS.item]),
    });
    expect(measure(worklist, slice)).toMatchObject({ bits: 0, foundGroup: true });
  });
});
