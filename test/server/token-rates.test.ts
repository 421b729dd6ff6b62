import { beforeEach, describe, expect, it } from "vitest";
import { type TokenRates, tokenRates } from "../../src/server/token-rates.ts";
import type { TokenRecord } from "../../src/server/tokens.ts";

const token = (id: string, rate?: TokenRecord["rate"]): TokenRecord => ({
  id,
  name: id,
  scopes: ["intake:write"],
  sha256: "",
  created: "2026-05-01T12:00:00Z",
  ...(rate === undefined ? {} : { rate }),
});

let now: number;
let rates: TokenRates;
beforeEach(() => {
  now = 0;
  rates = tokenRates(() => now);
});

describe("a token's rate", () => {
  it("admits no more over time than it says, whatever the size of bodies", () => {
    for (const size of [1, 700, 100_000]) {
      const one = token(`of ${size}`, { lines: 1_000 });
      const from = now;
      let sent = 0;
      for (; now < from + 600_000; now += 50) {
        try {
          rates.assertWithin(one);
        } catch {
          continue;
        }
        rates.spend(one, { lines: size, bytes: 1e9 });
        sent += size;
      }
      // Ten seconds of it at once at the beginning, and the last body may overdraw.
      expect(sent).toBeLessThanOrEqual(610_000 + size);
      expect(sent).toBeGreaterThanOrEqual(Math.min(590_000, 20 * 600 * size));
    }
  });

  it("says how long to wait, by whichever of lines and bytes takes longer", () => {
    const one = token("a", { lines: 100, bytes: 1_000 });
    rates.spend(one, { lines: 1_500, bytes: 40_000 });
    const wait = (): unknown => {
      try {
        return rates.assertWithin(one);
      } catch (error) {
        return error;
      }
    };
    expect(wait()).toMatchObject({ code: "SW_RATE_EXCEEDED", details: { seconds: 30 } });
    now = 29_000;
    expect(wait()).toMatchObject({ details: { seconds: 1 } });
    now = 30_001;
    expect(wait()).toBeUndefined();
  });

  it("is each token's own, and none where none was given", () => {
    const [one, other, free] = [token("a", { lines: 1 }), token("b", { lines: 1 }), token("c")];
    for (const each of [one, free, undefined]) rates.spend(each, { lines: 1e6, bytes: 1e9 });
    expect(() => rates.assertWithin(one)).toThrow(/more than it may/);
    for (const each of [other, free, undefined]) rates.assertWithin(each);
  });
});
