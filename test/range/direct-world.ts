import { fixedLine, lowAndSlow } from "../../src/range/campaigns/reported.ts";
import { asCampaign } from "../../src/range/campaigns/blueprint.ts";
import { LOOKALIKES } from "../../src/range/lookalikes/catalog.ts";
import { stageWorld } from "../../src/range/suites/stage-world.ts";
import type { World } from "../../src/range/write-world.ts";

const FAMILIES = [
  "app that writes its users' prompts",
  "viral prompt",
  "university class with one sheet",
];

/** A small world of all languages and dialects with two operations and three look-alikes. */
export function directWorld(seed: string): World {
  return stageWorld({
    name: "direct",
    seed,
    days: 4,
    people: 150,
    plantings: [fixedLine, lowAndSlow].map((blueprint) => ({ maker: asCampaign(blueprint) })),
    lookalikes: LOOKALIKES.filter(({ family }) => FAMILIES.includes(family)),
    lookalikeScale: 0.5,
    exchanges: 900,
    leastAccounts: 30,
    scale: undefined,
    texts: undefined,
  });
}
