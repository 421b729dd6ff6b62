import { setImmediate as breathe } from "node:timers/promises";
import type { OperationSize, PlantedSize, Power } from "../../core/power.ts";
import type { Progress } from "../../core/progress.ts";
import { random } from "../../stats/random.ts";
import type { SignalParameters } from "../configuration.ts";
import { keyed } from "../roster.ts";
import type { TrafficRow } from "../traffic-row.ts";
import { LatestRows } from "./latest-rows.ts";
import { isOpener, type Materials, materialsOf, plantOperation } from "./plant-operation.ts";
import { accountOf, type Ground, sharedKeysOf, tryOperation } from "./try-operation.ts";

/** How all traffic was judged. */
export interface MeasurePowerOptions {
  /** What is said of accounts. */
  readonly facts: Ground["facts"];
  /** How many hypotheses were tried in all traffic. */
  readonly hypotheses: number;
  readonly tickSeconds: number;
  readonly q: number;
  readonly parameters?: SignalParameters | undefined;
  readonly seed: number;
  readonly progress: Progress;
}

/** Accounts of the operations tried, each size about 1.4 times the one before: seven sizes take three steps of bisection. */
const LADDER: readonly number[] = [12, 16, 24, 32, 48, 64, 96];
/** Requests of each account, over all days: as many as a signal samples. */
const REQUESTS = 32;
const MOST_DAYS = 4;
const TRIALS = 10;
const LEAST_FOUND = 9;
/** Rows of the traffic that is judged again in every trial: about half a second of processor. */
const MOST_ROWS = 8000;
/** Enough openers for the largest operation, with room for what is left out. */
const MOST_OPENERS = 6000;
const DAY = 86_400;

/** Samples what operations are planted in and made of while the judge reads; plants when asked. Bounded in memory and time, whatever the traffic. */
export class PowerMeter {
  readonly #rows: LatestRows;
  readonly #openers: LatestRows;

  /** `seed` decides which accounts and requests are sampled. */
  constructor(seed: number) {
    this.#rows = new LatestRows({
      most: MOST_ROWS,
      placeOf: ({ accountLow, accountHigh }) => keyed(accountLow, accountHigh, seed ^ 0x51ed270b),
    });
    this.#openers = new LatestRows({
      most: MOST_OPENERS,
      placeOf: (row) =>
        isOpener(row) ? keyed(row.idLow, row.idHigh, seed ^ 0x68bc21eb) : undefined,
    });
  }

  /** Takes the next row of all traffic, in order of time. */
  see(row: TrafficRow): void {
    this.#rows.see(row);
    this.#openers.see(row);
  }

  /** Plants operations of growing size in a copy of the sample and judges them as the traffic was judged. At most thirty trials. */
  async measure(options: MeasurePowerOptions): Promise<Power> {
    const { rows } = this.#rows;
    const accounts = new Set(rows.map(accountOf));
    const sample = { exchanges: rows.length, accounts: accounts.size };
    const materials = materialsOf(this.#openers.rows, rows);
    const { openers } = materials;
    // No opener is used twice: work that repeats is a trait of its own.
    const sizes = ladder(materials).filter((size) => exchangesOf(size) <= openers.length);
    if (sizes.length === 0) {
      return { smallest: null, tried: [], sample, reason: tooFew(materials) };
    }
    const ground: Ground = {
      ...options,
      rows,
      keys: sharedKeysOf(rows),
      facts: options.facts.filter(({ account_hash }) => accounts.has(BigInt(account_hash))),
    };
    return { ...(await climb(sizes, ground, materials, options.progress)), sample, reason: "" };
  }
}

/** All sizes that would be tried in traffic of this length, smallest first. */
function ladder({ times }: Materials): readonly OperationSize[] {
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const days = Math.max(1, Math.min(MOST_DAYS, Math.floor(span / DAY)));
  const requests_a_day = Math.ceil(REQUESTS / days);
  return LADDER.map((accounts) => ({ accounts, requests_a_day, days }));
}

function exchangesOf({ accounts, requests_a_day, days }: OperationSize): number {
  return accounts * requests_a_day * days;
}

function tooFew(materials: Materials): string {
  const least = exchangesOf(ladder(materials)[0]!);
  return `The smallest operation that is planted is made of ${least} conversations whose first request and answer are known, and the last days of this traffic have ${materials.openers.length}.`;
}

/** Finds by bisection the smallest size that enough trials find, as if whatever is larger than one that is found were found too. */
async function climb(
  sizes: readonly OperationSize[],
  ground: Ground,
  materials: Materials,
  progress: Progress,
): Promise<Pick<Power, "smallest" | "tried">> {
  const tried: PlantedSize[] = [];
  let trials = 0;
  let [low, high] = [0, sizes.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const size = sizes[middle]!;
    let [run, found] = [0, 0];
    while (found < LEAST_FOUND && run - found <= TRIALS - LEAST_FOUND) {
      progress({ stage: "Planting operations", done: trials, unit: "trials" });
      // A trial holds the thread for a second or so: let signals in.
      await breathe();
      const draw = random(Math.imul(ground.seed + middle, 0x9e3779b1) + run);
      if (tryOperation(ground, plantOperation(materials, size, draw))) found += 1;
      run += 1;
      trials += 1;
    }
    tried.push({ ...size, trials: run, found });
    if (found >= LEAST_FOUND) high = middle;
    else low = middle + 1;
  }
  progress({ stage: "Planting operations", done: trials, unit: "trials" });
  return {
    smallest: sizes[high] ?? null,
    tried: tried.toSorted((a, b) => a.accounts - b.accounts),
  };
}
