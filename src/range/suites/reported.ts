import { CAMPAIGNS } from "../campaigns/catalog.ts";
import { LOOKALIKES } from "../lookalikes/catalog.ts";
import { makeRandom } from "../random.ts";
import type { Suite } from "../suite.ts";
import { dealt, some, stageWorld } from "./stage-world.ts";

/** Every operation that was reported, a few to a world, among people and look-alikes. */
export const reported: Suite = {
  id: "reported",
  title: "Operations as they were reported",
  about:
    "Every kind of operation with the dials it was reported with, four or five to a world, among people and four families of look-alikes.",
  seeds: { full: 20, ci: 1 },
  worlds: (size) =>
    dealt(CAMPAIGNS, Math.min(3, CAMPAIGNS.length)).map((makers, hand) => ({
      name: `mix ${hand + 1}`,
      make: (seed, scale, texts) => {
        const full = size === "full";
        const random = makeRandom(`reported families ${hand} ${seed}`);
        return stageWorld({
          name: `reported ${hand}`,
          seed,
          days: full ? 10 : 5,
          people: full ? 1000 : 200,
          plantings: makers.map((maker) => ({ maker })),
          lookalikes: some(LOOKALIKES, full ? 4 : 2, random),
          lookalikeScale: full ? 1 : 0.4,
          exchanges: full ? 6000 : 1200,
          leastAccounts: full ? 48 : 30,
          scale,
          texts,
        });
      },
    })),
};
