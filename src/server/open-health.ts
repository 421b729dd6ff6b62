import { open, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { ScanResult } from "../core/assessment.ts";
import type { Intake, IntakeState } from "../ingest/open-intake.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { type OutboxStatus, outboxStatus } from "../ledger/outbox-status.ts";
import type { FieldShare } from "../response/lost-fields.ts";
import type { Alerts, AlertsState } from "../response/open-alerts.ts";
import type { DecisionsState } from "../response/open-decisions.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { diskUse, latestTime } from "../warehouse/statements.gen.ts";
import { readFieldShares } from "./field-shares.ts";
import type { ClockState } from "./open-clock.ts";

/** What health is told from. */
export interface HealthSources {
  readonly dataDir: string;
  readonly intake: Pick<Intake, "state">;
  readonly warehouse: Warehouse;
  /** Absent where traffic is not judged. Seconds. */
  readonly judging?: { readonly tickSeconds: number; readonly latenessSeconds: number } | undefined;
  /** How judging goes; undefined before the judge is there. Times in seconds since 1970. */
  readonly judge: () => Pick<ClockState, "closedTick" | "tickMs" | "waits"> | undefined;
  readonly alerts: Alerts | undefined;
  /** How decisions are served; absent where they are not. */
  readonly decisions?: (() => DecisionsState) | undefined;
  /** Where commands are; absent: nothing is told of them. */
  readonly ledger?: Ledger | undefined;
  readonly now: () => Date;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  readonly onFailure: (error: unknown) => void;
}

/** How the server does, as `GET /v1/status` answers it. */
export interface HealthReport extends IntakeState {
  /** How long the oldest line that is not in the warehouse waits; 0 where none does. */
  readonly lagSeconds: number;
  readonly newestExchange: Date | null;
  readonly warehouseBytes: number;
  readonly diskFreeBytes: number;
  /** Null where traffic is not judged, or not here, or nothing was judged yet. */
  readonly judge: {
    /** End of the last tick judged. */
    readonly closedTick: Date;
    /** Ticks that could be judged and are not. */
    readonly backlogTicks: number;
    readonly tickSeconds: number;
    /** Groups by assessment, at that tick. */
    readonly groups: Readonly<Record<string, number>>;
  } | null;
  /** What of the last tick's traffic carries which field. */
  readonly fields: readonly FieldShare[];
  /** Null where there are none. */
  readonly alerts: AlertsState | null;
  /** Null where they are not served. */
  readonly decisions: DecisionsState | null;
  /** Commands to the account service, by any node, and whether they are stopped; null where the ledger doesn't say. */
  readonly outbox: Omit<OutboxStatus, "open"> | null;
}

/** Whether every stage works. */
export interface Readiness {
  readonly journal: boolean;
  readonly warehouse: boolean;
  /** True where traffic is not judged, or not here. */
  readonly judge: boolean;
}

/** One place that knows how the server does. */
export interface Health {
  /** Takes what was assessed at a tick: measures its fields, and tells alerts of both. */
  heardTick(result: ScanResult, closedTick: number): void;
  report(): Promise<HealthReport>;
  ready(): Promise<Readiness>;
  /** Resolves when all ticks that were heard are told. */
  close(): Promise<void>;
}

/** How old an answer may be: who asks often costs no more. */
const REPORT_MS = 5_000;
const READY_MS = 1_000;
const ANSWER_MS = 5_000;
/** A judge with so many ticks in hand keeps pace. */
const MOST_BACKLOG = 1;

/** Opens health. */
export function openHealth(sources: HealthSources): Health {
  const { warehouse, alerts, clock, onFailure } = sources;
  let fields: readonly FieldShare[] = [];
  let groups: Readonly<Record<string, number>> = {};
  let telling: Promise<void> = Promise.resolve();
  const tell = async (result: ScanResult, closedTick: number): Promise<void> => {
    const from = closedTick - result.tick_seconds;
    fields = await readFieldShares(warehouse, { from, to: closedTick }).catch((error: unknown) => {
      onFailure(error);
      return [];
    });
    const time = new Date(closedTick * 1_000).toISOString();
    alerts?.hear({ result, time, fields });
  };
  const measured = remembered(() => measure(sources), REPORT_MS, clock);
  const asked = remembered(() => commandsIn(sources), REPORT_MS, clock);
  const ready = remembered(() => readiness(sources), READY_MS, clock);
  return {
    heardTick(result, closedTick) {
      groups = countedBy(result.groups.map(({ assessment }) => assessment));
      telling = telling.then(() => tell(result, closedTick)).catch(onFailure);
    },
    async report() {
      const [slow, outbox] = await Promise.all([measured(), asked()]);
      const state = sources.intake.state();
      const since = state.waitingSince ?? sources.now();
      return {
        ...state,
        ...slow,
        lagSeconds: Math.max(0, (sources.now().getTime() - since.getTime()) / 1_000),
        judge: judgeOf(sources, slow.newestExchange, groups),
        fields,
        alerts: alerts?.state() ?? null,
        decisions: sources.decisions?.() ?? null,
        outbox,
      };
    },
    ready,
    close: () => telling,
  };
}

type Measured = Pick<HealthReport, "newestExchange" | "warehouseBytes" | "diskFreeBytes">;

async function measure({ warehouse, dataDir }: HealthSources): Promise<Measured> {
  const [[latest], [disk], { bavail, bsize }] = await Promise.all([
    warehouse.rows(latestTime, {}),
    warehouse.rows(diskUse, {}),
    statfs(dataDir),
  ]);
  const newest = latest?.latest ?? 0;
  return {
    newestExchange: newest === 0 ? null : new Date(newest * 1_000),
    warehouseBytes: Number(disk?.bytes ?? 0),
    diskFreeBytes: bavail * bsize,
  };
}

/** How commands stand; null where the ledger is out of reach, which must hold up no report. */
async function commandsIn({ ledger }: HealthSources): Promise<HealthReport["outbox"]> {
  if (ledger === undefined) return null;
  const status = await inTime(outboxStatus(ledger, 0));
  if (status === undefined) return null;
  const { open: _, ...rest } = status;
  return rest;
}

function judgeOf(
  { judging, judge, now }: HealthSources,
  newest: Date | null,
  groups: Readonly<Record<string, number>>,
): HealthReport["judge"] {
  const state = judge();
  if (judging === undefined || state === undefined) return null;
  if (state.waits || state.closedTick === 0) return null;
  const { tickSeconds, latenessSeconds } = judging;
  const seen = Math.min(newest?.getTime() ?? 0, now().getTime()) / 1_000 - latenessSeconds;
  return {
    closedTick: new Date(state.closedTick * 1_000),
    backlogTicks: Math.max(0, Math.floor((seen - state.closedTick) / tickSeconds)),
    tickSeconds: state.tickMs / 1_000,
    groups,
  };
}

async function readiness(sources: HealthSources): Promise<Readiness> {
  const [journal, measured] = await Promise.all([
    inTime(canWrite(sources.dataDir)),
    inTime(measure(sources)),
  ]);
  return {
    journal: journal !== undefined,
    warehouse: measured !== undefined,
    judge: keepsPace(sources, measured?.newestExchange ?? null),
  };
}

function keepsPace(sources: HealthSources, newest: Date | null): boolean {
  if (sources.judging === undefined || newest === null) return true;
  if (sources.judge()?.waits === true) return true;
  const judged = judgeOf(sources, newest, {});
  return judged !== null && judged.backlogTicks <= MOST_BACKLOG;
}

/** Writes and syncs as the journal does, beside it. */
async function canWrite(dataDir: string): Promise<true> {
  const path = join(dataDir, "ready.part");
  const file = await open(path, "w", 0o600);
  try {
    await file.write("ready\n");
    await file.datasync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
  return true;
}

/** What comes within some seconds; undefined where it fails or doesn't. */
async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  const late = wait(ANSWER_MS, undefined, { ref: false });
  return Promise.race([work.catch(() => undefined), late]);
}

function countedBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Asks at most once in a while; callers in between get the same answer, a failure too. */
function remembered<T>(
  ask: () => Promise<T>,
  milliseconds: number,
  clock: () => number,
): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let asked = 0;
  return () => {
    if (answer === undefined || clock() - asked >= milliseconds) {
      asked = clock();
      answer = ask();
    }
    return answer;
  };
}
