import type { Agreement } from "../core/agreement.ts";
import type { ScanResult, Setting } from "../core/assessment.ts";
import type { BacktestResult, SettingChange } from "../core/backtest-result.ts";
import { StillwatchError } from "../core/errors.ts";
import { didYouMean, nearMatches } from "../core/near-matches.ts";
import type { Progress } from "../core/progress.ts";
import { loadSecret } from "../ingest/installation-secret.ts";
import { loadAgreements } from "../ingest/load-agreements.ts";
import { type Label, loadLabels } from "../ingest/load-labels.ts";
import { openWarehouse } from "../warehouse/open-warehouse.ts";
import { assessTraffic } from "./assess-traffic.ts";
import { compareScans, type Truth } from "./compare-scans.ts";
import { type Configuration, configurationBehind, settingsOf } from "./configuration.ts";
import { deriveFeatures } from "./derive-features.ts";
import { readLastScan } from "./last-scan.ts";

/** What a backtest is asked to do. */
export interface BacktestOptions {
  /** The folder of an earlier scan: its traffic is replayed, and its settings are those before. */
  readonly dataDir: string;
  readonly after: Configuration;
  readonly agreements?: string;
  /** Agreements of the ledger, beside those of the file. */
  readonly register?: readonly Agreement[];
  /** NDJSON of labels. */
  readonly labels?: string;
  readonly progress: Progress;
}

/**
 * Judges all traffic of a data folder twice, by the settings of its last scan and by others, one after the other on one
 * warehouse, and says what would change; both times by the calendar of the others. Leaves the last scan as it is. Throws SW_SCAN_*, SW_LABELS_INVALID,
 * SW_AGREEMENT_INVALID, SW_INPUT_*, SW_DATA_*, SW_WAREHOUSE_*.
 */
export async function backtest(options: BacktestOptions): Promise<BacktestResult> {
  const { dataDir, after } = options;
  const before = configurationBehind(readLastScan(dataDir).result);
  const labels = options.labels === undefined ? undefined : await loadLabels(options.labels);
  const [old, fresh] = await replay(options, [before, after]);
  const truth = labels && truthOf(labels, options.labels ?? "", old!);
  return { ...compareScans(old!, fresh!, truth), settings: changesOf(before, after) };
}

async function replay(
  { dataDir, after: { calendar }, agreements, register = [], progress }: BacktestOptions,
  configurations: readonly Configuration[],
): Promise<readonly ScanResult[]> {
  const given = agreements === undefined ? [] : await loadAgreements(agreements, register);
  const secret = await loadSecret(dataDir);
  const warehouse = await openWarehouse({ dataDir });
  try {
    await deriveFeatures(warehouse, progress);
    const results: ScanResult[] = [];
    for (const [at, configuration] of configurations.entries()) {
      const stage = `Judging (${at + 1} of ${configurations.length})`;
      const { result } = await assessTraffic(warehouse, {
        ...configuration,
        calendar,
        secret,
        agreements: [...register, ...given],
        progress: (event) => progress({ ...event, stage }),
      });
      results.push(result);
    }
    return results;
  } finally {
    await warehouse.close();
  }
}

/** Labels by account. A group's label is that of all its accounts but those with one of their own. */
function truthOf(labels: readonly Label[], file: string, { groups }: ScanResult): Truth {
  const refusal = (line: number, reason: string): StillwatchError =>
    new StillwatchError("SW_LABELS_INVALID", { file, line, reason });
  const named = (
    of: "group" | "account",
    accountsOf: (label: Label) => readonly string[],
  ): Truth => {
    const truth = new Map<string, boolean>();
    for (const label of labels.filter((one) => one[of] !== undefined)) {
      const isPositive = label.label === "positive";
      for (const account of accountsOf(label)) {
        if (truth.get(account) === !isPositive) {
          throw refusal(label.line, `${account}: an earlier line says the opposite`);
        }
        truth.set(account, isPositive);
      }
    }
    return truth;
  };
  const byGroup = named("group", ({ group = "", line }) => {
    const found = groups.find(({ id }) => id === group);
    if (found !== undefined) return found.accounts;
    const near = didYouMean(
      nearMatches(
        group,
        groups.map(({ id }) => id),
      ),
    );
    throw refusal(line, `${group}: no such group in the last scan.${near}`);
  });
  return new Map([...byGroup, ...named("account", ({ account = "" }) => [account])]);
}

function changesOf(before: Configuration, after: Configuration): readonly SettingChange[] {
  const all = ({ q, tickSeconds, parameters }: Configuration): ReadonlyMap<string, Setting> =>
    new Map([["q", q], ["tick_seconds", tickSeconds], ...settingsOf(parameters)]);
  const old = all(before);
  return [...all(after)]
    .filter(([setting, value]) => value !== old.get(setting))
    .map(([setting, value]) => ({ setting, before: old.get(setting), after: value }));
}
