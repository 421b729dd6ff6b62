import { mkdirSync } from "node:fs";
import type { Agreement } from "../core/agreement.ts";
import type { GroupDetail, ScanResult } from "../core/assessment.ts";
import type { Calendar } from "../core/calendar.ts";
import { StillwatchError } from "../core/errors.ts";
import type { Progress } from "../core/progress.ts";
import { forgetOld } from "../ingest/forget-old.ts";
import { inTemporaryFolder } from "../ingest/in-temporary-folder.ts";
import { loadSecret } from "../ingest/installation-secret.ts";
import type { IntakeTotals } from "../ingest/intake-totals.ts";
import { loadAccounts } from "../ingest/load-accounts.ts";
import { loadAgreements } from "../ingest/load-agreements.ts";
import { loadFiles, type LoadFilesOptions } from "../ingest/load-files.ts";
import { loadKnownGroups } from "../ingest/load-known-groups.ts";
import { loadPriceList } from "../ingest/load-price-list.ts";
import { secretFolder } from "../ingest/secret-folder.ts";
import { readTexts } from "../ingest/text-vault.ts";
import { openWarehouse, type Warehouse } from "../warehouse/open-warehouse.ts";
import { accountFacts } from "../warehouse/statements.gen.ts";
import { type AssessedTraffic, assessTraffic, seedOf } from "./assess-traffic.ts";
import type { SignalParameters } from "./configuration.ts";
import { deriveFeatures } from "./derive-features.ts";
import { keepLastScan } from "./last-scan.ts";
import type { Judge } from "./judge.ts";
import type { JudgeOptions } from "./judge-options.ts";
import { type MeasurePowerOptions, PowerMeter } from "./power/power-meter.ts";
import type { Roster } from "./roster.ts";

/** What a scan is asked to do. */
export interface ScanOptions {
  /** Files and globs of exchanges; `-` is `stdin`. */
  readonly files: readonly string[];
  readonly stdin?: NodeJS.ReadableStream;
  /** How lines that may not be our own are read; by default each shows what it is. */
  readonly reading?: LoadFilesOptions["reading"];
  readonly accounts?: string;
  readonly agreements?: string;
  /** Agreements of the ledger, beside those of the file. */
  readonly register?: readonly Agreement[];
  /** A price list, and the result of an earlier scan whose groups are to be recognized: JSON files. */
  readonly prices?: string;
  readonly known?: string;
  /** Where to keep what is read; a temporary folder, removed at the end, where absent. */
  readonly dataDir?: string;
  readonly tickSeconds: number;
  readonly q: number;
  /** The signals' own; their defaults where absent. */
  readonly parameters?: SignalParameters;
  readonly calendar?: Calendar | undefined;
  /** 0 keeps no text. */
  readonly keepTextDays: number;
  /** How many days of exchanges stay, and what is known of their accounts; all where absent. */
  readonly keepDays?: number | undefined;
  readonly strict: boolean;
  /** Where nothing is flagged, plants operations to say what would have been: some seconds. False where absent. */
  readonly power?: boolean;
  readonly now: Date;
  readonly progress: Progress;
  /** Watches every look at a group (see `JudgeOptions`). */
  readonly onLook?: JudgeOptions["onLook"];
  /** See `JudgeOptions`. */
  readonly given?: JudgeOptions["given"];
  /** Called when all is judged and reported, while the warehouse is still open. */
  readonly inspect?: (judged: JudgedTraffic) => Promise<void>;
}

/** What `inspect` may look at. */
export interface JudgedTraffic {
  readonly warehouse: Warehouse;
  readonly judge: Judge;
  readonly roster: Roster;
}

/** What a scan found. */
export interface ScanOutcome {
  readonly result: ScanResult;
  readonly details: readonly GroupDetail[];
  readonly intake: IntakeTotals;
  /** Prompts of example exchanges, where text was kept, by exchange id. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads files, judges all traffic of the data folder from its beginning, and reports. The answer depends on the
 * traffic, the options and the installation's secret only. Throws SW_INPUT_*, SW_ACCOUNTS_INVALID, SW_DATA_*, SW_WAREHOUSE_*.
 */
export async function scan(options: ScanOptions): Promise<ScanOutcome> {
  const { dataDir } = options;
  const scanIn = async (folder: string): Promise<ScanOutcome> => {
    const warehouse = await openWarehouse({ dataDir: folder });
    try {
      return await scanInto(warehouse, folder, options);
    } finally {
      await warehouse.close();
    }
  };
  if (dataDir === undefined) return inTemporaryFolder(scanIn);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return scanIn(dataDir);
}

async function scanInto(
  warehouse: Warehouse,
  dataDir: string,
  options: ScanOptions,
): Promise<ScanOutcome> {
  const { now, progress } = options;
  const secret = await loadSecret(secretFolder(options.dataDir, process.env));
  const { register = [] } = options;
  const agreements =
    options.agreements === undefined ? [] : await loadAgreements(options.agreements, register);
  const prices = options.prices === undefined ? undefined : await loadPriceList(options.prices);
  const known = options.known === undefined ? [] : await loadKnownGroups(options.known);
  if (options.accounts !== undefined) await takeAccounts(warehouse, options, secret);
  const intake = await loadFiles({ ...options, warehouse, dataDir, secret });
  if (options.strict && intake.rejected > 0) throw strictly(intake);
  await forgetOld(warehouse, options);
  await deriveFeatures(warehouse, progress);
  const seed = seedOf(secret);
  const meter = options.power === true ? new PowerMeter(seed) : undefined;
  const assessed = await assessTraffic(warehouse, {
    ...options,
    secret,
    agreements: [...register, ...agreements],
    prices,
    known,
    onRow: meter && ((row) => meter.see(row)),
  });
  await options.inspect?.({ warehouse, ...assessed });
  const { details } = assessed;
  const result = await withPower(warehouse, meter, assessed, { ...options, seed });
  if (options.dataDir !== undefined) {
    keepLastScan(dataDir, { scanned_at: now.toISOString(), result });
  }
  const examples = result.groups.flatMap((g) => g.evidence.flatMap((e) => e.examples));
  const texts = await readTexts(warehouse, secret, examples);
  const prompts = new Map([...texts].map(([id, { prompt }]) => [id, prompt]));
  return { result, details, intake, texts: prompts };
}

/** The result, and where nothing is flagged what would have been. */
async function withPower(
  warehouse: Warehouse,
  meter: PowerMeter | undefined,
  { result, judge }: AssessedTraffic,
  options: Omit<MeasurePowerOptions, "facts" | "hypotheses">,
): Promise<ScanResult> {
  const { groups, ...rest } = result;
  if (meter === undefined || rest.exchanges === 0) return result;
  if (groups.some(({ assessment }) => assessment === "campaign")) return result;
  const facts = await warehouse.rows(accountFacts, { only: [] });
  const hypotheses = judge.lineages.filter(({ rank }) => rank > 0).length;
  return { ...rest, power: await meter.measure({ ...options, facts, hypotheses }), groups };
}

async function takeAccounts(
  warehouse: Warehouse,
  options: ScanOptions,
  secret: Awaited<ReturnType<typeof loadSecret>>,
): Promise<void> {
  const file = options.accounts ?? "";
  const totals = await loadAccounts({ warehouse, file, secret, progress: options.progress });
  const first = totals.rejections[0];
  if (first !== undefined && options.strict) {
    throw new StillwatchError("SW_ACCOUNTS_INVALID", { ...first });
  }
}

function strictly(intake: IntakeTotals): StillwatchError {
  const first = intake.rejections[0];
  return new StillwatchError("SW_INPUT_REJECTED", {
    rejected: intake.rejected,
    lines: intake.lines,
    first: first === undefined ? "" : `${first.file}, line ${first.line}: ${first.reason}`,
  });
}
