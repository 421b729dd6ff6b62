import { z } from "zod";
import type { PriceList } from "../core/price-list.ts";
import { readJsonFile } from "./read-json-file.ts";

const price = z.number().nonnegative();

const priceListShape = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, "must be three capital letters, such as USD"),
  models: z.record(
    z.string().min(1),
    z.strictObject({ input: price, cached: price.optional(), output: price }),
  ),
});

/** Prices of models from a JSON file. Throws SW_INPUT_UNREADABLE, SW_PRICES_INVALID. */
export function loadPriceList(file: string): Promise<PriceList> {
  return readJsonFile(file, priceListShape, "SW_PRICES_INVALID");
}
