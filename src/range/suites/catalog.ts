import type { Suite } from "../suite.ts";
import { frontier } from "./frontier.ts";
import { hiding } from "./hiding.ts";
import { legitimate } from "./legitimate.ts";
import { reported } from "./reported.ts";

/** Every suite, in the order they are run and shown. */
export const SUITES: readonly Suite[] = [reported, hiding, legitimate, frontier];

/** The suite of that name. Throws RangeError where there is none. */
export function suiteNamed(id: string): Suite {
  const suite = SUITES.find((one) => one.id === id);
  if (suite === undefined) throw new RangeError(`no suite ${id}`);
  return suite;
}
