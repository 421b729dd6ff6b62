import { describe, expect, it } from "vitest";
import { interchange } from "../../src/signals/interchange.ts";
import { random } from "../../src/stats/random.ts";
import { measure, sliceOf } from "./slice-of.ts";

/** Thirty distinct words out of a vocabulary of `size` that begins at `from`. */
function words(next: () => number, from: number, size: number): Uint16Array {
  const drawn = new Set<number>();
  while (drawn.size < 30) drawn.add(from + Math.floor(next() * size));
  return Uint16Array.from(drawn);
}

/** Work dealt to whichever account is free: everyone draws on the same vocabulary. */
function dispatched(accounts: number, conversations = 8) {
  const next = random(3);
  const exchange = () => ({ tokens: words(next, 0, 20_000) });
  return sliceOf({ accounts, conversations, exchange });
}

describe("interchange", () => {
  it("speaks for accounts of which none has a subject of its own", () => {
    const { bits, value } = measure(interchange, dispatched(120));
    expect(bits).toBeGreaterThan(5);
    expect(Math.abs(value)).toBeLessThan(0.01);
  });

  it("is capped until harvest is confirmed", () => {
    expect(measure(interchange, dispatched(400)).bits).toBeLessThanOrEqual(10);
    const confirmed = { ...dispatched(400), harvestConfirmed: true };
    expect(measure(interchange, confirmed).bits).toBeGreaterThan(10);
  });

  it("says nothing of people who use one app for subjects of their own", () => {
    const next = random(5);
    const slice = sliceOf({
      accounts: 120,
      exchange: (a) => ({ tokens: words(next, (a * 150) % 20_000, 300) }),
    });
    const { bits, value } = measure(interchange, slice);
    expect(bits).toBeLessThanOrEqual(0);
    expect(value).toBeGreaterThan(0.02);
  });

  it("abstains where a list explains the group: a benchmark or a sheet", () => {
    const items = Array.from({ length: 20 * 40 }, (_, i) => ({
      account: i % 20,
      item: 1 + Math.floor(i / 20),
    }));
    expect(measure(interchange, { ...dispatched(20), items }).bits).toBe(0);
  });

  it("does not see one request an account", () => {
    expect(measure(interchange, dispatched(120, 1)).bits).toBe(0);
  });
});
