import type { Random } from "../../../src/range/random.ts";
import { type Interval, wilson } from "../../../src/range/score-interval.ts";
import type { WindowRequest } from "./read-windows.ts";
import { type TenantWindow, windowScores } from "./window-scores.ts";

/** Legitimate tenants, operations' requests to mix in, and how. */
export interface ComparePlan {
  readonly tenants: readonly TenantWindow[];
  readonly operations: readonly (readonly WindowRequest[])[];
  /** Shares of a window that are an operation's. */
  readonly shares: readonly number[];
  /** Share of a window that is another legitimate tenant's, or one of the uses below: new work of its own. */
  readonly newWork: number;
  /** Requests of legitimate uses that a tenant may take up, by name. They set no limit: nobody can list what tenants will take up. */
  readonly uses: ReadonlyMap<string, readonly WindowRequest[]>;
  /** Only methods in whose names one of these is; all where absent. */
  readonly only?: readonly string[] | undefined;
  /** The rate at which legitimate windows may be flagged, with and without new work. */
  readonly fpr: number;
  /** Requests that teach what is rare, and as many more that are the provider's history. */
  readonly history: number;
  readonly random: Random;
}

/** One method's flags among windows of one kind; its false-positive rate where that is `own` or `new work`. */
export interface ComparedShare {
  readonly method: string;
  readonly kind: WindowKind;
  readonly flagged: number;
  readonly windows: number;
  readonly rate: Interval;
}

/** Windows as they are ("own"), with new work of the tenant's ("new work"), with a use it takes up (its name), or with so great a share of an operation's requests. */
export type WindowKind = string | number;

/** What was compared. `bound`: the false-positive rate that the calibration holds; above `fpr` where it has fewer than 1/fpr − 1 windows. */
export interface Comparison {
  readonly calibration: number;
  readonly bound: number;
  /** Scored as they are taken: some methods take long. */
  readonly rows: Iterable<ComparedShare>;
}

/**
 * Every method on the same windows. A fifth of the tenants is the provider's history; of the others one half sets each
 * method's limit (the (n + 1)(1 − fpr)-th of n scores, the greatest where that is beyond them, of windows as they are or
 * with new work, whichever is higher), and the other half is tested: as it is, with consecutive requests of another
 * tenant in place of a share of its own at random places, and with consecutive requests of one operation, or of a use, so.
 */
export function compareWindows(plan: ComparePlan): Comparison {
  const { tenants, operations, shares, fpr, random } = plan;
  const order = random.sample(tenants, tenants.length);
  const taught = Math.ceil(order.length / 5);
  const middle = taught + Math.ceil((order.length - taught) / 2);
  const ordinary = (some: readonly TenantWindow[]) => ({
    own: some,
    "new work": some.map((tenant, i) =>
      mix(random, tenant, some[(i + 1) % some.length]!.window, plan.newWork),
    ),
  });
  const past = order.slice(0, taught);
  const requests = random.sample(
    past.flatMap((tenant) => tenant.window),
    2 * plan.history,
  );
  const half = requests.length >> 1;
  const { own, "new work": changed } = ordinary(past);
  const scores = windowScores({
    learning: requests.slice(0, half),
    history: requests.slice(half),
    ordinary: [...own, ...changed],
  });
  const calibration = Object.values(ordinary(order.slice(taught, middle)));
  const tested = order.slice(middle);
  const kinds: (readonly [WindowKind, readonly TenantWindow[]])[] = [
    ...Object.entries(ordinary(tested)),
    ...shares.map((share): [WindowKind, readonly TenantWindow[]] => [
      share,
      tested.map((tenant, i) => mix(random, tenant, operations[i % operations.length]!, share)),
    ]),
    ...[...plan.uses].map(([use, theirs]): [WindowKind, readonly TenantWindow[]] => [
      use,
      tested.map((tenant) => mix(random, tenant, theirs, plan.newWork)),
    ]),
  ];
  const set = middle - taught;
  return { calibration: set, bound: Math.max(fpr, 1 / (set + 1)), rows: rowsOf() };

  function* rowsOf(): Generator<ComparedShare> {
    for (const { name, score } of scores) {
      if (plan.only?.some((part) => name.includes(part)) === false) continue;
      const limit = Math.max(...calibration.map((some) => limitOf(some.map(score), fpr)));
      for (const [kind, given] of kinds) {
        const flagged = given.filter((tenant) => score(tenant) > limit).length;
        const rate = wilson(flagged, given.length);
        yield { method: name, kind, flagged, windows: given.length, rate };
      }
    }
  }
}

/** What is exceeded by one further score of the same kind with probability ≤ fpr, or where there are too few, ≤ 1/(n + 1). */
function limitOf(scores: readonly number[], fpr: number): number {
  const sorted = Float64Array.from(scores).sort();
  const rank = Math.ceil((sorted.length + 1) * (1 - fpr));
  return sorted[Math.min(rank, sorted.length) - 1] ?? Infinity;
}

/** The tenant with a share of its window replaced by consecutive requests of others. */
function mix(
  random: Random,
  tenant: TenantWindow,
  others: readonly WindowRequest[],
  share: number,
): TenantWindow {
  const { window } = tenant;
  const places = new Set(random.sample([...window.keys()], Math.round(share * window.length)));
  let next = random.whole(0, others.length - 1);
  const mixed = window.map((own, i) => (places.has(i) ? others[next++ % others.length]! : own));
  return { ...tenant, window: mixed };
}
