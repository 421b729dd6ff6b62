import type { Suite, SuiteSize } from "../suite.ts";
import type { World } from "../write-world.ts";
import { drift } from "./drift.ts";
import { frontier } from "./frontier.ts";
import { hiding } from "./hiding.ts";
import { legitimate } from "./legitimate.ts";
import { reported } from "./reported.ts";

/** Every suite, in the order they are run and shown. */
export const SUITES: readonly Suite[] = [reported, hiding, legitimate, frontier, drift];

/** The suite of that name. Throws RangeError where there is none. */
export function suiteNamed(id: string): Suite {
  const suite = SUITES.find((one) => one.id === id);
  if (suite === undefined) throw new RangeError(`no suite ${id}`);
  return suite;
}

/** A suite's world by name, for a thread to make it anew. Throws RangeError where there is none. */
export function makeSuiteWorld(
  id: string,
  size: SuiteSize,
  name: string,
  seed: string,
  scale: number | undefined,
): World {
  const world = suiteNamed(id)
    .worlds(size)
    .find((one) => one.name === name);
  if (world === undefined) throw new RangeError(`no world ${name} in ${id}`);
  return world.make(seed, scale);
}
