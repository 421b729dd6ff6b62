import { CAMPAIGNS, type CampaignMaker } from "../campaigns/catalog.ts";
import { type Dials, HIDING } from "../dials.ts";
import { LOOKALIKES } from "../lookalikes/catalog.ts";
import { makeRandom } from "../random.ts";
import type { Suite, SuiteSize, SuiteWorld } from "../suite.ts";
import { dealt, some, stageWorld } from "./stage-world.ts";
import type { TextSource } from "../texts/text-source.ts";

/** Every dial of HIDING; each operation keeps its own rate. */
const TOGETHER: Partial<Dials> = Object.fromEntries(
  Object.entries(HIDING).filter(([dial]) => dial !== "perDay"),
);

/** Each way of hiding alone, at the value it takes when all are up. Those that HIDING leaves as they are get a strong value. */
const ALONE: Readonly<Record<string, Partial<Dials>>> = {
  paraphrases: { paraphrases: HIDING.paraphrases },
  "no wording twice": { paraphrases: 0 },
  cover: { cover: HIDING.cover },
  "three quarters cover": { cover: 0.75 },
  "aged accounts": { agedDays: HIDING.agedDays },
  "own cards": { ownCards: true },
  "own homes": { ownHomes: true },
  "human hours": { humanHours: true },
  "uneven volumes": { uneven: HIDING.uneven },
  jitter: { jitter: HIDING.jitter },
  "a third in view": { view: 1 / 3 },
  "laundered clients": { laundered: true },
  "topics an account": { topics: 1 },
  wary: { wary: true },
  "older models": { downgrade: 0.5 },
  "2 requests a day": { perDay: 2 },
};
const CI_ALONE = ["no wording twice", "own cards"];
/** Operations a world where one dial is up. */
const SAMPLED = 4;

/** The same operations with their dials up: all of HIDING together, and each alone. */
export const hiding: Suite = {
  id: "hiding",
  title: "Operations that hide",
  about:
    "The reported operations with every dial of HIDING up at once (own aged accounts, cards, homes and hours, uneven volumes, a quarter of cover, twenty wordings), and four of them with one dial up at a time.",
  seeds: { full: 20, ci: 1 },
  worlds: (size) => [...together(size), ...alone(size)],
};

function together(size: SuiteSize): SuiteWorld[] {
  const hands = size === "full" ? 3 : 1;
  return dealt(size === "full" ? CAMPAIGNS : CAMPAIGNS.slice(0, 4), hands).map((makers, hand) => ({
    name: `all together ${hand + 1}`,
    sweep: "all together",
    make: (seed, scale, texts) =>
      staged(`hiding ${hand}`, makers, TOGETHER, { seed, size, scale, texts }),
  }));
}

function alone(size: SuiteSize): SuiteWorld[] {
  return Object.entries(ALONE)
    .filter(([dial]) => size === "full" || CI_ALONE.includes(dial))
    .map(([dial, dials]) => ({
      name: `alone: ${dial}`,
      sweep: dial,
      make: (seed, scale, texts) => {
        const random = makeRandom(`hiding makers ${dial} ${seed}`);
        return staged(
          `hiding ${dial}`,
          some(CAMPAIGNS, size === "full" ? SAMPLED : 2, random),
          dials,
          { seed, size, scale, texts },
        );
      },
    }));
}

interface Staging {
  readonly seed: string;
  readonly size: SuiteSize;
  readonly scale: number | undefined;
  readonly texts: TextSource | undefined;
}

function staged(
  name: string,
  makers: readonly CampaignMaker[],
  dials: Partial<Dials>,
  { seed, size, scale, texts }: Staging,
) {
  const full = size === "full";
  return stageWorld({
    name,
    seed,
    days: full ? 10 : 5,
    people: full ? 500 : 200,
    plantings: makers.map((maker) => ({ maker, dials })),
    lookalikes: some(LOOKALIKES, full ? 3 : 2, makeRandom(`${name} families ${seed}`)),
    lookalikeScale: full ? 1 : 0.4,
    exchanges: full ? 4000 : 1000,
    leastAccounts: full ? 48 : 30,
    scale,
    texts,
  });
}
