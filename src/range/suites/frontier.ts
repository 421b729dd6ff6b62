import { CAMPAIGNS, type CampaignMaker } from "../campaigns/catalog.ts";
import { type Dials, HIDING } from "../dials.ts";
import { LOOKALIKES } from "../lookalikes/catalog.ts";
import { makeRandom } from "../random.ts";
import type { Suite, SuiteSize, SuiteWorld } from "../suite.ts";
import { some, stageWorld } from "./stage-world.ts";
import type { TextSource } from "../texts/text-source.ts";

/** One or two dials swept over their values; the others stay as in HIDING. `accounts` is the operation's size. */
interface Sweep {
  readonly name: string;
  /** The dial along the curve first, then the one that tells curves apart. */
  readonly values: Readonly<
    Partial<Record<keyof Dials | "accounts", Readonly<Record<SuiteSize, readonly number[]>>>>
  >;
}

const SWEEPS: readonly Sweep[] = [
  {
    name: "cover × paraphrases",
    values: {
      cover: { full: [0, 0.25, 0.5, 0.75, 0.9], ci: [0, 0.9] },
      paraphrases: { full: [1, 20, 0], ci: [1] },
    },
  },
  {
    name: "requests a day × accounts",
    values: {
      perDay: { full: [2, 6, 20, 60], ci: [2, 20] },
      accounts: { full: [12, 40, 120, 360], ci: [40] },
    },
  },
  {
    name: "topics an account keeps to",
    values: { topics: { full: [0, 0.25, 0.5, 0.75, 1], ci: [] } },
  },
  { name: "share in view", values: { view: { full: [1, 0.5, 0.25, 0.1], ci: [] } } },
];

const DAYS = { full: 8, ci: 6 } as const;
const ACCOUNTS = { full: 80, ci: 40 } as const;
const BASE: Dials = { ...HIDING, perDay: 8 };
/** Points with more exchanges than this are left out: nothing is learned from them that costs as much. */
const MOST_EXCHANGES = 60_000;
/** The operation that is swept: rubric grading dealt out by a dispatcher. */
const SWEPT = "reasoning-and-grading";

/** Turns dials until detection fails: where the method ends is published. */
export const frontier: Suite = {
  id: "frontier",
  title: "Where detection ends",
  about:
    "One operation that hides as well as has been reported (HIDING), with one dial or two turned further until it is no longer found. 80 accounts at 8 requests a day for 8 days where these are not what is swept.",
  seeds: { full: 8, ci: 1 },
  worlds: (size) => SWEEPS.flatMap((sweep) => pointsOf(sweep, size)),
};

function pointsOf({ name, values }: Sweep, size: SuiteSize): SuiteWorld[] {
  let points: Record<string, number>[] = [{}];
  for (const [dial, steps] of Object.entries(values)) {
    points = points.flatMap((point) => steps[size].map((value) => ({ ...point, [dial]: value })));
  }
  return points
    .filter((point) => exchangesOf(point, size) <= MOST_EXCHANGES)
    .map((point) => ({
      name: `${name}: ${Object.entries(point)
        .map(([dial, value]) => `${dial} ${value}`)
        .join(", ")}`,
      sweep: name,
      point,
      make: (seed, _scale, texts) =>
        worldAt(`frontier ${name} ${JSON.stringify(point)}`, point, { seed, size, texts }),
    }));
}

function exchangesOf(point: Readonly<Record<string, number>>, size: SuiteSize): number {
  return (point["perDay"] ?? BASE.perDay) * (point["accounts"] ?? ACCOUNTS[size]) * DAYS[size];
}

function worldAt(
  name: string,
  point: Readonly<Record<string, number>>,
  {
    seed,
    size,
    texts,
  }: { readonly seed: string; readonly size: SuiteSize; readonly texts: TextSource | undefined },
) {
  const { accounts, ...dials } = point;
  const full = size === "full";
  return stageWorld({
    name,
    seed,
    days: DAYS[size],
    people: full ? 300 : 150,
    plantings: [
      { maker: swept(), dials: { ...BASE, ...dials }, accounts: accounts ?? ACCOUNTS[size] },
    ],
    lookalikes: some(LOOKALIKES, full ? 2 : 1, makeRandom(`${name} families ${seed}`)),
    lookalikeScale: 0.5,
    exchanges: exchangesOf(point, size),
    leastAccounts: 0,
    scale: undefined,
    texts,
  });
}

function swept(): CampaignMaker {
  const maker = CAMPAIGNS.find(({ id }) => id === SWEPT);
  if (maker === undefined) throw new RangeError(`no operation ${SWEPT}`);
  return maker;
}
