import type { Agreement } from "../core/agreement.ts";
import type { GroupDetail, KnownGroup, ScanResult } from "../core/assessment.ts";
import type { Calendar } from "../core/calendar.ts";
import type { PriceList } from "../core/price-list.ts";
import type { Progress } from "../core/progress.ts";
import type { InstallationSecret } from "../ingest/installation-secret.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { RowOf } from "../warehouse/statement.ts";
import { accountFacts, rejectedTotal, trafficTotals } from "../warehouse/statements.gen.ts";
import { blindSignals } from "./blind-signals.ts";
import { changedSettings, type SignalParameters } from "./configuration.ts";
import type { Judge } from "./judge.ts";
import type { JudgeOptions } from "./judge-options.ts";
import {
  type Judged,
  judgeTraffic,
  type JudgeTrafficOptions,
  spanOfDays,
} from "./judge-traffic.ts";
import { reportGroups } from "./report-groups.ts";
import type { Roster } from "./roster.ts";

/** What assessing needs beside the warehouse. */
export interface AssessTrafficOptions {
  readonly q: number;
  readonly tickSeconds: number;
  /** The signals' own; their defaults where absent. */
  readonly parameters?: SignalParameters | undefined;
  readonly calendar?: Calendar | undefined;
  readonly secret: InstallationSecret;
  readonly agreements: readonly Agreement[];
  /** See `ReportGroupsInput`. */
  readonly prices?: PriceList | undefined;
  readonly known?: readonly KnownGroup[];
  readonly progress: Progress;
  /** Watches every look at a group (see `JudgeOptions`). */
  readonly onLook?: JudgeOptions["onLook"];
  /** See `JudgeOptions`. */
  readonly given?: JudgeOptions["given"];
  /** Sees every row (see `JudgeTrafficOptions`). */
  readonly onRow?: JudgeTrafficOptions["onRow"];
}

/** What all traffic of a warehouse says of its accounts. */
export interface AssessedTraffic {
  readonly result: ScanResult;
  readonly details: readonly GroupDetail[];
  readonly judge: Judge;
  readonly roster: Roster;
}

/**
 * Judges all traffic of a warehouse from its beginning, and reports. Features must be derived. It can be repeated with
 * other options on the same warehouse, one after the other.
 */
export async function assessTraffic(
  warehouse: Warehouse,
  options: AssessTrafficOptions,
): Promise<AssessedTraffic> {
  const totals = await totalsOf(warehouse);
  const exchanges = Number(totals.exchanges);
  const judged = await judgeTraffic(warehouse, {
    ...options,
    seed: seedOf(options.secret),
    span: exchanges === 0 ? { from: 0, to: 0 } : spanOfDays(totals.first_day, totals.last_day),
    exchanges,
  });
  return { ...(await reportJudged(warehouse, judged, options)), ...judged };
}

/** Reports what a judge found, beside the totals of all traffic there is. */
export async function reportJudged(
  warehouse: Warehouse,
  judged: Judged,
  options: Omit<AssessTrafficOptions, "progress" | "onLook" | "onRow">,
): Promise<Pick<AssessedTraffic, "result" | "details">> {
  const { q, tickSeconds, secret } = options;
  const totals = await totalsOf(warehouse);
  const [refused] = await warehouse.rows(rejectedTotal, {});
  const exchanges = Number(totals.exchanges);
  const empty = exchanges === 0;
  const seed = seedOf(secret);
  const { groups, details } = await reportGroups({ ...options, warehouse, ...judged, seed });
  const settings = changedSettings(options.parameters ?? new Map());
  const facts = await warehouse.rows(accountFacts, { only: [] });
  const result: ScanResult = {
    version: 1,
    window: { from: empty ? null : isoOf(totals.first), to: empty ? null : isoOf(totals.last) },
    exchanges,
    accounts: Number(totals.accounts),
    rejected: Number(refused?.rejected ?? 0),
    q,
    tick_seconds: tickSeconds,
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    blind: empty ? [] : blindSignals(totals, facts),
    groups,
  };
  return { result, details };
}

/** The seed of whatever the judge draws, of an installation. */
export function seedOf({ key }: InstallationSecret): number {
  return key.readUInt32LE(16);
}

async function totalsOf(warehouse: Warehouse): Promise<RowOf<typeof trafficTotals>> {
  const [totals] = await warehouse.rows(trafficTotals, {});
  if (totals === undefined) throw new Error("trafficTotals answers one row");
  return totals;
}

function isoOf(time: string): string {
  return new Date(`${time.replace(" ", "T")}Z`).toISOString();
}
