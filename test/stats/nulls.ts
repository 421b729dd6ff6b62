import { addLook } from "../../src/stats/looks.ts";
import { accountSimilarity } from "../../src/stats/account-similarity.ts";
import { bettingMean } from "../../src/stats/betting-mean.ts";
import { conformalReference } from "../../src/stats/conformal-reference.ts";
import { daySwapTest } from "../../src/stats/day-swap-test.ts";
import { effectiveAccounts } from "../../src/stats/effective-accounts.ts";
import { interchange, INTERCHANGE_PARAMETERS } from "../../src/stats/interchange.ts";
import { mergeEvidence } from "../../src/stats/merge-evidence.ts";
import { poissonMixture } from "../../src/stats/poisson-mixture.ts";
import { random, type Random } from "../../src/stats/random.ts";
import { upperRate } from "../../src/stats/upper-rate.ts";
import { worklist } from "../../src/stats/worklist.ts";
import { customers, type CustomerWorld } from "./customers.ts";
import { binomial, normal, pareto, poisson } from "./draws.ts";
import { sketchWorld, type SketchWorld } from "./sketches.ts";

/** A simulated null: independent parties, as awkward as they come, at the edge of the hypothesis where it has one. */
export interface NullWorld {
  readonly construct: string;
  readonly null: string;
  readonly draws: number;
  /** One draw of the construct's bits. */
  readonly bits: (next: Random) => number;
}

export const NULL_WORLDS: readonly NullWorld[] = [
  ...interchangeNulls(),
  ...worklistNulls(),
  ...poissonNulls(),
  ...bettingNulls(),
  ...daySwapNulls(),
  ...mergingNulls(),
];

/** Runs a world: e-values, one per draw, each from its own seed. */
export function eValues(world: NullWorld, seed: number, draws = world.draws): number[] {
  return Array.from({ length: draws }, (_, i) => 2 ** world.bits(random(seed * 1_000_003 + i)));
}

function interchangeNulls(): NullWorld[] {
  const few: SketchWorld = {
    accounts: 40,
    dimension: 32,
    count: (next) => Math.min(12, Math.floor(2 * pareto(next, 1.2))),
    own: (next) => (next() < 0.7 ? 0 : 0.12),
  };
  return [
    interchangeNull("people: most alike, some with topics; Pareto volumes", few),
    interchangeNull("the same, centred badly (a fifth of all content shared)", {
      ...few,
      shared: 0.2,
    }),
    interchangeNull("one account in ten has one topic only, the rest none", {
      ...few,
      own: (next) => (next() < 0.9 ? 0 : 0.7),
    }),
  ];
}

/** θ₀ of each stratum is set to the true mean of clipped X, so that the world lies on the edge of the null. */
function interchangeNull(name: string, world: SketchWorld): NullWorld {
  let strata: typeof INTERCHANGE_PARAMETERS.strata | undefined;
  return {
    construct: "interchange",
    null: name,
    draws: 4000,
    bits: (next) => {
      strata ??= strataAtTheEdge(world);
      return interchange({
        ...sketchWorld(next, world),
        parameters: { strata, capBits: 60, negativeZ: Infinity },
      }).bits;
    },
  };
}

function strataAtTheEdge(world: SketchWorld): typeof INTERCHANGE_PARAMETERS.strata {
  const sums = sketchWorld(random(99), { ...world, accounts: 20_000 });
  const { accounts, values } = accountSimilarity(sums);
  return INTERCHANGE_PARAMETERS.strata.map((stratum, i) => {
    const above = INTERCHANGE_PARAMETERS.strata[i + 1]?.leastCount ?? Infinity;
    const clip = 2 * stratum.clip;
    const clipped: number[] = [];
    for (const [j, a] of accounts.entries()) {
      const n = sums.counts[a] ?? 0;
      if (n < stratum.leastCount || n >= above) continue;
      clipped.push(Math.max(-clip, Math.min(clip, values[j] ?? 0)));
    }
    const theta0 = clipped.reduce((sum, x) => sum + x, 0) / clipped.length;
    return { ...stratum, clip, theta0 };
  });
}

function worklistNulls(): NullWorld[] {
  const mixture = (name: string, accounts: number, items: number, rate: (next: Random) => number) =>
    worklistNull(name, items, () => Array.from({ length: accounts }, () => 1), rate);
  return [
    mixture("one popularity, 30 accounts", 30, 120, () => 0.1),
    mixture("rare and popular items, 50 accounts", 50, 120, (next) => (next() < 0.6 ? 0.01 : 0.2)),
    mixture("heavy-tailed popularity", 40, 120, (next) => Math.min(0.95, 0.01 * pareto(next, 0.7))),
    mixture("a class of 25 doing nearly every exercise", 25, 60, () => 0.93),
    mixture("three accounts", 3, 100, () => 0.8),
    worklistNull(
      "Pareto volumes: a few accounts hold most items",
      120,
      (next) => Array.from({ length: 60 }, () => pareto(next, 1.5)),
      (next) => 0.02 + 0.05 * next(),
    ),
  ];
}

function worklistNull(
  name: string,
  items: number,
  volumes: (next: Random) => number[],
  rate: (next: Random) => number,
): NullWorld {
  return {
    construct: "worklist",
    null: name,
    draws: 400,
    bits: (next) => {
      const weights = volumes(next);
      const halves = [new Float64Array(weights.length + 1), new Float64Array(weights.length + 1)];
      for (let i = 0; i < items; i++) {
        const half = halves[i % 2];
        const repeats = seenItem(next, weights, rate(next));
        if (half !== undefined) half[repeats] = (half[repeats] ?? 0) + 1;
      }
      const [first = [], second = []] = halves;
      return worklist({ first, second, effectiveAccounts: effectiveAccounts(weights) }).bits;
    },
  };
}

/** Distinct accounts of one item, given that it was seen at all. */
function seenItem(next: Random, weights: readonly number[], rate: number): number {
  for (;;) {
    const repeats = weights.filter((weight) => next() < 1 - (1 - rate) ** weight).length;
    if (repeats > 0) return repeats;
  }
}

function poissonNulls(): NullWorld[] {
  return [
    {
      construct: "poisson mixture",
      null: "Poisson at the edge, 2 expected",
      draws: 20_000,
      bits: (next) => poissonMixture({ events: poisson(next, 2), trials: 2000, nullRate: 0.001 }),
    },
    {
      construct: "poisson mixture",
      null: "unequal Bernoulli trials that average ρ₀",
      draws: 20_000,
      bits: (next) =>
        poissonMixture({
          events: binomial(next, 50, 0.02) + binomial(next, 5, 0.4),
          trials: 55,
          nullRate: 3 / 55,
        }),
    },
    {
      construct: "poisson mixture",
      null: "ρ₀ estimated from references each time",
      draws: 20_000,
      bits: (next) =>
        poissonMixture({
          events: poisson(next, 1),
          trials: 500,
          nullRate: upperRate(poisson(next, 2), 1000),
        }),
    },
  ];
}

function bettingNulls(): NullWorld[] {
  const values =
    (draw: (next: Random) => number, n = 60) =>
    (next: Random) =>
      bettingMean(Float64Array.from({ length: n }, () => draw(next)));
  const construct = "betting mean";
  return [
    {
      construct,
      null: "accounts all or nothing, half each",
      draws: 20_000,
      bits: values((next) => Number(next() < 0.5)),
    },
    {
      construct,
      null: "skewed: mostly .55, seldom 0, mean ½",
      draws: 20_000,
      bits: values((next) => (next() < 1 / 11 ? 0 : 0.55)),
    },
    { construct, null: "uniform", draws: 20_000, bits: values((next) => next()) },
    {
      construct,
      null: "mean swings with the past, never above ½ given it",
      draws: 20_000,
      bits: (next) => {
        let last = 0;
        const series = Float64Array.from({ length: 60 }, () => {
          last = Number(next() < (last > 0 ? 0.5 : 0.3));
          return last;
        });
        return bettingMean(series);
      },
    },
  ];
}

function daySwapNulls(): NullWorld[] {
  const world = (name: string, sketch: Partial<CustomerWorld>): NullWorld => ({
    construct: "day swap",
    null: name,
    draws: 2000,
    bits: (next) => {
      const parties = customers(next, { parties: 12, days: 28, ...sketch });
      return daySwapTest({ parties, seed: Math.floor(next() * 2 ** 32), draws: 99 }).bits;
    },
  });
  const office = { from: 9, hours: 8, weekend: 0.05 };
  return [
    world("office hours, busy and quiet parties", office),
    world("the same job every night and office hours by day", { ...office, nightly: 6 }),
    world("all there, five times as busy, on two days in seven", { ...office, rush: [2, 4] }),
    world("an event in a fortnight that calls all within an hour", { ...office, calls: 1 }),
    world("one region whose day lies across two UTC days, weekends off", { ...office, from: 20 }),
    world("all arrive in one hour and leave in one hour", { ...office, cut: 13 }),
    world("a weekly hour in which all are busy", { ...office, weekly: 20 }),
  ];
}

function mergingNulls(): NullWorld[] {
  const shared = (next: Random): number => {
    const z = 0.7 * normal(next);
    return z + 0.7 * normal(next);
  };
  const lognormal = (z: number, slope: number) => (slope * z - (slope * slope) / 2) * Math.LOG2E;
  return [
    {
      construct: "conformal reference",
      null: "19 Pareto references of infinite mean",
      draws: 20_000,
      bits: (next) =>
        conformalReference(
          pareto(next, 0.8),
          Float64Array.from({ length: 19 }, () => pareto(next, 0.8)),
        ),
    },
    {
      construct: "merge",
      null: "five channels that move together",
      draws: 20_000,
      bits: (next) => {
        const z = shared(next) / Math.hypot(0.7, 0.7);
        const names = ["a", "b", "c", "d", "e"];
        return mergeEvidence({
          bits: new Map(names.map((name) => [name, lognormal(z, 1.2)])),
          singletons: names,
          chains: [],
        });
      },
    },
    {
      construct: "looks",
      null: "eight looks with one and the same evidence",
      draws: 20_000,
      bits: (next) => {
        const bits = lognormal(normal(next), 1.2);
        let running: number | undefined;
        for (let look = 0; look < 8; look++) running = addLook(running, look, bits);
        return running ?? 0;
      },
    },
  ];
}
