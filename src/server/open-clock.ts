import type { ScanResult } from "../core/assessment.ts";
import { silent } from "../core/progress.ts";
import type { InstallationSecret } from "../ingest/installation-secret.ts";
import { assessTraffic } from "../judge/assess-traffic.ts";
import type { SignalParameters } from "../judge/configuration.ts";
import { deriveFeatures } from "../judge/derive-features.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { latestTime } from "../warehouse/statements.gen.ts";

/** What the judge on a clock works with. */
export interface ClockOptions {
  readonly warehouse: Warehouse;
  readonly secret: InstallationSecret;
  readonly q: number;
  readonly tickSeconds: number;
  /** The signals' own; their defaults where absent. */
  readonly parameters?: SignalParameters;
  /** How long an exchange may be on its way: a tick closes when the traffic has gone on for as long after its end. Seconds. */
  readonly latenessSeconds: number;
  /** Bounds how far the traffic's clock is believed: an exchange dated in the future closes nothing. */
  readonly now: () => Date;
  /** How often it looks whether a tick can be closed, milliseconds; 5,000 by default. */
  readonly wakeMs?: number;
  /** Whether this node may judge now, where several could: takes a lease or prolongs it. Absent: it may, as the lock of its data folder lets nobody else in. */
  readonly mayJudge?: () => Promise<boolean>;
  /** Hears what is assessed, and of which tick, after each in which something changed. A listener that fails is told to `onFailure`. */
  readonly onAssessments?: OnAssessments | undefined;
  readonly onFailure: (error: unknown) => void;
}

/** `closedTick` is the end of the last tick judged, seconds since 1970. */
export type OnAssessments = (result: ScanResult, closedTick: number) => void;

/** How judging goes. Times in seconds since 1970. */
export interface ClockState {
  /** End of the last tick judged; 0 before the first. */
  readonly closedTick: number;
  /** What the last tick took, milliseconds, judging and reporting. */
  readonly tickMs: number;
}

/** What is assessed, as of a tick. */
export interface Assessments {
  readonly result: ScanResult;
  readonly closedTick: number;
}

/** A judge that keeps pace with traffic. */
export interface Clock {
  /** Undefined until the first tick is judged. */
  assessments(): Assessments | undefined;
  state(): ClockState;
  /** Judges the ticks that can be closed now; resolves when that is done. */
  wake(): Promise<void>;
  /** Ends after the tick in hand. */
  close(): Promise<void>;
}

const WAKE_MS = 5_000;

/** Judges the traffic of a warehouse as its ticks close, by the traffic's own clock. Judging what is there already begins at once, in the background. */
export function openClock(options: ClockOptions): Clock {
  const { mayJudge, wakeMs = WAKE_MS, onFailure } = options;
  let closing = false;
  let current: Assessments | undefined;
  let tickMs = 0;
  let working: Promise<void> = Promise.resolve();
  const work = async (): Promise<void> => {
    if (closing || (await mayJudge?.()) === false) return;
    const closedTick = await closable(options);
    if (closedTick <= (current?.closedTick ?? 0)) return;
    const began = performance.now();
    const result = await judge(options);
    tickMs = performance.now() - began;
    current = { result, closedTick };
    options.onAssessments?.(result, closedTick);
  };
  const wake = (): Promise<void> => {
    working = working.then(work).catch(onFailure);
    return working;
  };
  const timer = setInterval(() => void wake(), wakeMs).unref();
  void wake();
  return {
    assessments: () => current,
    state: () => ({ closedTick: current?.closedTick ?? 0, tickMs }),
    wake,
    async close() {
      closing = true;
      clearInterval(timer);
      await working;
    },
  };
}

/** The end of the last tick that can be closed, seconds since 1970. */
async function closable(options: ClockOptions): Promise<number> {
  const { warehouse, now, latenessSeconds, tickSeconds } = options;
  const [row] = await warehouse.rows(latestTime, {});
  const seen = Math.min(row?.latest ?? 0, now().getTime() / 1000) - latenessSeconds;
  return Math.floor(seen / tickSeconds) * tickSeconds;
}

async function judge(options: ClockOptions): Promise<ScanResult> {
  const { warehouse } = options;
  await deriveFeatures(warehouse, silent);
  const { result } = await assessTraffic(warehouse, {
    ...options,
    agreements: [],
    progress: silent,
  });
  return result;
}
