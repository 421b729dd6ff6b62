import { CAMPAIGNS, type CampaignMaker } from "../campaigns/catalog.ts";
import { type Dials, HIDING } from "../dials.ts";
import { LOOKALIKES } from "../lookalikes/catalog.ts";
import { makeRandom, type Random } from "../random.ts";
import type { Suite, SuiteSize, SuiteWorld } from "../suite.ts";
import { DAY, type Actor, type Due, type Part } from "../world.ts";
import type { World } from "../write-world.ts";
import { type Planting, some, type Stage, stageWorld, UNTIL } from "./stage-world.ts";

/** Rubric grading, and tasks that are never the same. */
const PLANTED = ["reasoning-and-grading", "rl-tasks"].map(makerNamed);
const ACCOUNTS = 48;
/** Days before the operations begin, which they do two days before the end. */
const BEFORE = { full: [0, 5, 28], ci: [0] } as const;
const WORKING_DAYS = 2;
/** People beside operations that go on from beginning to end: with look-alikes these are a tenth to half of all exchanges. */
const BESIDE = { full: [3500, 1000, 300, 60], ci: [60] } as const;
/** Shares of the customers that rest for two days. */
const RESTING = { full: [0.5, 1], ci: [0.5] } as const;
/** How many of whose exchanges on those days are left out. */
const REST = 0.9;
/** Days of a world, where they are not what changes. */
const DAYS = 10;

/** What changes around an operation: how long the traffic is known, days of rest, how much of it is harvested anyway. */
export const drift: Suite = {
  id: "drift",
  title: "Little history, holidays, and a provider harvested all along",
  about:
    "Two operations of 48 accounts that begin after 0, 5 or 28 days of others' traffic; two days on which half of the customers rest, or all; operations with aged accounts and cards of their own that are a tenth to half of all traffic from its first day on.",
  seeds: { full: 3, ci: 1 },
  worlds: (size) => [
    ...BEFORE[size].map((days) =>
      worldOf(`history: ${days} days before`, { "days before": days }, size, {
        days: days + WORKING_DAYS,
        people: 1000,
        plantings: PLANTED.map((maker) => planting(maker, { perDay: 24 }, WORKING_DAYS)),
      }),
    ),
    ...RESTING[size].map((share) =>
      worldOf(
        `holiday: ${share} rest`,
        { "customers at rest": share },
        size,
        { plantings: PLANTED.map((maker) => planting(maker, { perDay: 6 })) },
        (world, random) => withHoliday(world, share, random),
      ),
    ),
    ...BESIDE[size].map((people) =>
      worldOf(`harvested all along: ${people} people`, { "people beside": people }, size, {
        people,
        plantings: PLANTED.map((maker) =>
          planting(maker, { perDay: 6, agedDays: HIDING.agedDays, ownCards: true }),
        ),
      }),
    ),
  ],
};

function planting(maker: CampaignMaker, dials: Partial<Dials>, days?: number): Planting {
  return { maker, accounts: ACCOUNTS, dials, ...(days === undefined ? {} : { days }) };
}

function worldOf(
  name: string,
  point: Readonly<Record<string, number>>,
  size: SuiteSize,
  change: Partial<Stage>,
  after: (world: World, random: Random) => World = (world) => world,
): SuiteWorld {
  return {
    name,
    sweep: Object.keys(point).join(),
    point,
    make: (seed, _scale, texts) =>
      after(
        stageWorld({
          name: `drift ${name}`,
          seed,
          days: DAYS,
          people: 500,
          plantings: [],
          lookalikes: some(
            LOOKALIKES,
            size === "full" ? 2 : 1,
            makeRandom(`drift ${name} families ${seed}`),
          ),
          lookalikeScale: size === "full" ? 1 : 0.4,
          exchanges: 0,
          leastAccounts: 0,
          scale: undefined,
          texts,
          ...change,
        }),
        makeRandom(`drift ${name} rest ${seed}`),
      ),
  };
}

/** The world with two working days on which a share of the customers rests: of the people each with that chance, of the others whole parts. Operations go on. */
function withHoliday(world: World, share: number, random: Random): World {
  const from = UNTIL - 4 * DAY;
  const isOff = (time: number): boolean => time >= from && time < from + 2 * DAY;
  const resting = (actor: Actor, own: Random): Actor => ({
    due: () => awake(actor.due(), (time) => isOff(time) && own.chance(REST)),
  });
  const parts = world.parts.map((part, i): Part => {
    if (part.campaigns !== undefined) return part;
    const own = random.fork(`part ${i}`);
    const together = part.independent === true ? undefined : own.chance(share);
    const actors = part.actors.map((actor, k) => {
      const drawn = own.fork(`actor ${k}`);
      return (together ?? drawn.chance(share)) ? resting(actor, drawn) : actor;
    });
    return { ...part, actors };
  });
  return { ...world, parts };
}

/** What is due when its sender doesn't rest; what is left out is made all the same, for the next may go on from it. */
function* awake(due: Iterator<Due>, rests: (time: number) => boolean): Generator<Due> {
  for (let next = due.next(); next.done !== true; next = due.next()) {
    if (rests(next.value.time)) next.value.take();
    else yield next.value;
  }
}

function makerNamed(id: string): CampaignMaker {
  const maker = CAMPAIGNS.find((one) => one.id === id);
  if (maker === undefined) throw new RangeError(`no operation ${id}`);
  return maker;
}
