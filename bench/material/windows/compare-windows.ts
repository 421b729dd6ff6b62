import type { Random } from "../../../src/range/random.ts";
import { type Interval, wilson } from "../../../src/range/score-interval.ts";
import type { WindowRequest } from "./read-windows.ts";
import { windowScores } from "./window-scores.ts";

/** Legitimate tenants' windows, operations' requests to mix in, and how. */
export interface ComparePlan {
  readonly windows: readonly (readonly WindowRequest[])[];
  readonly operations: readonly (readonly WindowRequest[])[];
  /** Shares of a window that are an operation's. */
  readonly shares: readonly number[];
  /** The rate at which legitimate windows may be flagged. */
  readonly fpr: number;
  /** Requests that teach what is rare, and as many more that are the history. */
  readonly history: number;
  readonly random: Random;
}

/** One method's flags among windows with a share of an operation's requests; share 0 is its false-positive rate. */
export interface ComparedShare {
  readonly method: string;
  readonly share: number;
  readonly flagged: number;
  readonly windows: number;
  readonly rate: Interval;
}

/** What was compared. `bound`: the false-positive rate that the calibration holds; above `fpr` where it has fewer than 1/fpr − 1 windows. */
export interface Comparison {
  readonly calibration: number;
  readonly bound: number;
  readonly rows: readonly ComparedShare[];
}

/**
 * Every method on the same windows. A fifth of the tenants is the history; of the others one half sets each method's
 * limit (the (n + 1)(1 − fpr)-th of n scores, the greatest where that is beyond them), and the other half is tested, as
 * it is and with requests of one operation in place of a share of its own, at random places in the operation's order.
 */
export function compareWindows(plan: ComparePlan): Comparison {
  const { windows, operations, shares, fpr, history, random } = plan;
  const order = random.sample(windows, windows.length);
  const taught = Math.ceil(order.length / 5);
  const middle = taught + Math.ceil((order.length - taught) / 2);
  const past = random.sample(order.slice(0, taught).flat(), 2 * history);
  const half = past.length >> 1;
  const calibration = order.slice(taught, middle);
  const tested = order.slice(middle);
  const mixed = [0, ...shares].map((share) => ({
    share,
    windows: tested.map((window, i) =>
      mix(random, window, operations[i % operations.length]!, share),
    ),
  }));
  const rank = Math.ceil((calibration.length + 1) * (1 - fpr));
  const rows = windowScores(past.slice(0, half), past.slice(half)).flatMap(({ name, score }) => {
    const clean = Float64Array.from(calibration, score).sort();
    const limit = clean[Math.min(rank, clean.length) - 1] ?? Infinity;
    return mixed.map(({ share, windows: given }) => {
      const flagged = given.filter((window) => score(window) > limit).length;
      const rate = wilson(flagged, given.length);
      return { method: name, share, flagged, windows: given.length, rate };
    });
  });
  return {
    calibration: calibration.length,
    bound: Math.max(fpr, 1 / (calibration.length + 1)),
    rows,
  };
}

/** The window with a share of its requests replaced by consecutive ones of the operation. */
function mix(
  random: Random,
  window: readonly WindowRequest[],
  operation: readonly WindowRequest[],
  share: number,
): readonly WindowRequest[] {
  const places = new Set(random.sample([...window.keys()], Math.round(share * window.length)));
  let next = random.whole(0, operation.length - 1);
  return window.map((own, i) => (places.has(i) ? operation[next++ % operation.length]! : own));
}
