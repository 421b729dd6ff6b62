import type { Money } from "../../core/assessment.ts";
import type { PriceList } from "../../core/price-list.ts";
import type { MemberRow } from "./member-traffic.ts";

const MILLION = 1_000_000;

/**
 * What exchanges cost at list price, and what was billed for them. List price = Σ (input − cached) · p_in + cached ·
 * p_cached + output · p_out, per million tokens, over models that have a price. O(rows).
 */
export function moneyOf(rows: readonly MemberRow[], prices: PriceList | undefined): Money {
  const billed = rows.reduce((sum, row) => sum + row.billed, 0);
  let [list, unpriced] = [0, 0];
  for (const row of rows) {
    const price = prices?.models[row.model];
    if (price === undefined) {
      unpriced += Number(row.exchanges);
      continue;
    }
    const [input, output] = [Number(row.input_tokens), Number(row.output_tokens)];
    const cached = Math.min(input, Number(row.cached_tokens));
    list +=
      (input - cached) * price.input +
      cached * (price.cached ?? price.input) +
      output * price.output;
  }
  return {
    list_price: prices === undefined ? null : cents(list / MILLION),
    currency: prices?.currency ?? null,
    unpriced_exchanges: prices === undefined ? 0 : unpriced,
    billed: billed === 0 ? null : cents(billed),
  };
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
