import { describe, expect, it } from "vitest";
import { moneyOf } from "../../../src/judge/attribution/money-of.ts";
import { sent } from "./traffic.ts";

const tokens = { input_tokens: "3000000", cached_tokens: "1000000", output_tokens: "500000" };
const PRICES = {
  currency: "USD",
  models: { "orion-4": { input: 3, cached: 0.3, output: 15 }, plain: { input: 1, output: 2 } },
};

describe("what a group's exchanges are worth", () => {
  it("is each model's list price, cached input at its own", () => {
    expect(moneyOf([sent(1, 1, 8, tokens)], PRICES)).toEqual({
      list_price: 2 * 3 + 0.3 + 7.5,
      currency: "USD",
      unpriced_exchanges: 0,
      billed: null,
    });
    expect(moneyOf([sent(1, 1, 8, { ...tokens, model: "plain" })], PRICES).list_price).toBe(4);
  });

  it("counts what has no price apart, and says nothing of money without prices", () => {
    const rows = [sent(1, 1, 8, { ...tokens, model: "unheard-of" })];
    expect(moneyOf(rows, PRICES)).toMatchObject({ list_price: 0, unpriced_exchanges: 8 });
    expect(moneyOf(rows, undefined)).toEqual({
      list_price: null,
      currency: null,
      unpriced_exchanges: 0,
      billed: null,
    });
  });

  it("sums what was billed, whatever the list price", () => {
    const rows = [sent(1, 1, 8, { billed: 1.25 }), sent(2, 1, 8, { billed: 0.5 })];
    expect(moneyOf(rows, undefined)).toMatchObject({ list_price: null, billed: 1.75 });
  });
});
