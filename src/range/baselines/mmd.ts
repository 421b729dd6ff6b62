import type { Warehouse } from "../../warehouse/open-warehouse.ts";
import { baselineDays, baselineHistory, baselineWindows } from "../../warehouse/statements.gen.ts";
import { accountNames } from "./account-names.ts";
import type { Baseline } from "./baseline.ts";
import { makeHistory, mmdWindow, type History } from "./mmd-window.ts";
import { promptSketcher, type PromptSketch } from "./prompt-sketch.ts";
import { readPrompts, type Prompt } from "./read-prompts.ts";
import { upperQuantile } from "./threshold.ts";

const DAY_SECONDS = 86_400;

/** How windows are cut and tested. */
export interface MmdParameters {
  /** Requests in a full window. */
  readonly window: number;
  /** A tenant with fewer requests than a window is tested on what it has, from so many on. */
  readonly least: number;
  /** Requests sampled from the history, and as many again that teach what is rare. */
  readonly history: number;
  /** The first share of the days, which is the history; windows come after it. */
  readonly historyShare: number;
  /** The stated false-positive rate. */
  readonly fpr: number;
  readonly permutations: number;
  /**
   * What a benign window is. `permutation`: requests drawn at random from the history, as in the paper. `tenants`: windows
   * of single tenants in the history; the threshold is the 1 − fpr quantile of theirs, and none where they are too few.
   */
  readonly null: "permutation" | "tenants";
}

const DEFAULTS: MmdParameters = {
  window: 1500,
  least: 100,
  history: 1500,
  historyShare: 0.25,
  fpr: 0.01,
  permutations: 199,
  null: "permutation",
};

/**
 * Windows of one tenant's requests (a declared organization's, or an account's) against the provider's own history, by
 * maximum mean discrepancy over hashed n-gram sketches. A flagged tenant is not tested again. Linear in requests times
 * the history's size.
 */
export function mmd(parameters: Partial<MmdParameters> = {}): Baseline {
  const chosen = { ...DEFAULTS, ...parameters };
  return {
    id: "mmd",
    name: "MMD windows",
    source: "windows against benign history by MMD: arXiv 2606.05725",
    async flag(warehouse, { seed }) {
      const days = await warehouse.rows(baselineDays, {});
      const [first, last] = [days[0], days.at(-1)];
      if (first === undefined || last === undefined) return [];
      const until = last.start + DAY_SECONDS;
      const from = first.start + Math.round(chosen.historyShare * (until - first.start));
      const sample = await warehouse.rows(baselineHistory, {
        until: from,
        seed,
        most: 2 * chosen.history,
      });
      // Weights learned from the compared requests themselves tell them from any window: 7.5 % flagged for 5 % stated.
      const half = sample.length >> 1;
      const sketch = promptSketcher(sample.slice(0, half).map(({ tokens }) => tokens));
      const compared = sample.slice(half).flatMap(({ tokens }) => sketch(tokens) ?? []);
      if (compared.length < chosen.least) return [];
      const history = makeHistory(compared);
      const limit =
        chosen.null === "tenants"
          ? await tenantsLimit(warehouse, {
              ...chosen,
              seed,
              history,
              sketch,
              from: first.start,
              until: from,
            })
          : undefined;
      const nameOf = await accountNames(warehouse);
      const flagged: { accounts: readonly string[]; time: string }[] = [];
      await forEachWindow(warehouse, { ...chosen, sketch, from, until }, (window, prompts) => {
        const found = mmdWindow(window, history, {
          ...chosen,
          permutations: limit === undefined ? chosen.permutations : 0,
          seed,
        });
        const over = limit === undefined ? found.flagged : found.statistic > limit;
        if (over)
          flagged.push({
            accounts: [...new Set(prompts.map(({ account }) => nameOf(account)))].toSorted(),
            time: new Date(prompts.at(-1)!.time * 1000).toISOString(),
          });
        return !over;
      });
      return flagged;
    },
  };
}

interface WindowOptions {
  readonly window: number;
  readonly least: number;
  readonly sketch: (tokens: ArrayLike<number>) => PromptSketch | null;
  readonly from: number;
  readonly until: number;
}

/** Calls `use` with each tenant's windows in order, until it answers false: no more of this tenant. */
async function forEachWindow(
  warehouse: Warehouse,
  options: WindowOptions,
  use: (window: readonly PromptSketch[], prompts: readonly Prompt[]) => boolean,
): Promise<void> {
  const { from, until, least, window, sketch } = options;
  let tenant: bigint | undefined;
  let sketches: PromptSketch[] = [];
  let prompts: Prompt[] = [];
  let wanted = true;
  const close = (size: number): void => {
    if (wanted && sketches.length >= size) wanted = use(sketches, prompts);
    sketches = [];
    prompts = [];
  };
  await readPrompts(warehouse.bytes(baselineWindows, { from, until, least }), (prompt) => {
    if (prompt.tenant !== tenant) {
      close(least);
      tenant = prompt.tenant;
      wanted = true;
    }
    if (!wanted) return;
    const sketched = sketch(prompt.tokens);
    if (sketched === null) return;
    sketches.push(sketched);
    prompts.push(prompt);
    if (sketches.length === window) close(window);
  });
  close(least);
}

async function tenantsLimit(
  warehouse: Warehouse,
  options: WindowOptions & {
    readonly history: History;
    readonly fpr: number;
    readonly seed: number;
  },
): Promise<number> {
  const statistics: number[] = [];
  await forEachWindow(warehouse, options, (window) => {
    const { statistic } = mmdWindow(window, options.history, { ...options, permutations: 0 });
    statistics.push(statistic);
    return true;
  });
  // The (k + 1)(1 − fpr)-th of k exchangeable windows is exceeded by the next one with probability ≤ fpr.
  const share = ((statistics.length + 1) * (1 - options.fpr)) / statistics.length;
  return share > 1 || statistics.length === 0 ? Infinity : upperQuantile(statistics, share);
}
