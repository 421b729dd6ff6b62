import type { Agreement } from "../core/agreement.ts";
import type { GroupDetail, KnownGroup, ScanResult } from "../core/assessment.ts";
import type { PriceList } from "../core/price-list.ts";
import type { Progress } from "../core/progress.ts";
import type { InstallationSecret } from "../ingest/installation-secret.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { accountFacts, rejectedTotal, trafficTotals } from "../warehouse/statements.gen.ts";
import { blindSignals } from "./blind-signals.ts";
import { changedSettings, type SignalParameters } from "./configuration.ts";
import type { Judge, JudgeOptions } from "./judge.ts";
import { judgeTraffic, type JudgeTrafficOptions } from "./judge-traffic.ts";
import { reportGroups } from "./report-groups.ts";
import type { Roster } from "./roster.ts";

/** What assessing needs beside the warehouse. */
export interface AssessTrafficOptions {
  readonly q: number;
  readonly tickSeconds: number;
  /** The signals' own; their defaults where absent. */
  readonly parameters?: SignalParameters | undefined;
  readonly secret: InstallationSecret;
  readonly agreements: readonly Agreement[];
  /** See `ReportGroupsInput`. */
  readonly prices?: PriceList | undefined;
  readonly known?: readonly KnownGroup[];
  readonly progress: Progress;
  /** Watches every look at a group (see `JudgeOptions`). */
  readonly onLook?: JudgeOptions["onLook"];
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
  const { q, tickSeconds, secret } = options;
  const [totals] = await warehouse.rows(trafficTotals, {});
  const [refused] = await warehouse.rows(rejectedTotal, {});
  if (totals === undefined) throw new Error("trafficTotals answers one row");
  const exchanges = Number(totals.exchanges);
  const empty = exchanges === 0;
  const seed = secret.key.readUInt32LE(16);
  const judged = await judgeTraffic(warehouse, {
    ...options,
    seed,
    days: { first: totals.first_day, last: empty ? "" : totals.last_day },
    exchanges,
  });
  const { groups, details } = await reportGroups({ ...options, warehouse, ...judged, seed });
  const settings = changedSettings(options.parameters ?? new Map());
  const facts = await warehouse.rows(accountFacts, {});
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
  return { result, details, judge: judged.judge, roster: judged.roster };
}

function isoOf(time: string): string {
  return new Date(`${time.replace(" ", "T")}Z`).toISOString();
}
