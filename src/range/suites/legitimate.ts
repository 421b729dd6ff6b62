import { LOOKALIKES, type LookalikeMaker } from "../lookalikes/catalog.ts";
import { makeRandom } from "../random.ts";
import type { Suite } from "../suite.ts";
import { stageWorld } from "./stage-world.ts";

const MIXES = { full: 15, ci: 4 } as const;
/** Families a world. */
const FAMILIES = 5;

/** Worlds with no operation at all: every flag is wrong, and every e-value is one under the null. */
export const legitimate: Suite = {
  id: "legitimate",
  title: "No operation at all",
  about:
    "People and five families of look-alikes a world, in changing mixes and sizes; no operation. Every flag is a wrong one.",
  seeds: { full: 20, ci: 1 },
  worlds: (size) =>
    Array.from({ length: MIXES[size] }, (_, mix) => ({
      name: `mix ${mix + 1}`,
      make: (seed, _scale, texts) => {
        const full = size === "full";
        const random = makeRandom(`legitimate ${mix} ${seed}`);
        return stageWorld({
          name: `legitimate ${mix}`,
          seed,
          days: full ? 8 : 6,
          people: full ? random.whole(150, 500) : 150,
          plantings: [],
          lookalikes: familiesOf(mix, seed),
          lookalikeScale: full ? random.pick([0.5, 1, 1.5]) : 0.4,
          exchanges: 0,
          leastAccounts: 0,
          scale: undefined,
          texts,
        });
      },
    })),
};

/** A window on the catalogue shuffled by the seed: over a seed's mixes every family comes equally often. */
function familiesOf(mix: number, seed: string): LookalikeMaker[] {
  const order = makeRandom(`legitimate families ${seed}`).sample(LOOKALIKES, LOOKALIKES.length);
  return Array.from(
    { length: Math.min(FAMILIES, order.length) },
    (_, i) => order[(mix * FAMILIES + i) % order.length] as LookalikeMaker,
  );
}
