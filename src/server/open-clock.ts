import type { Agreement } from "../core/agreement.ts";
import type { ScanResult } from "../core/assessment.ts";
import type { Calendar } from "../core/calendar.ts";
import type { InstallationSecret } from "../ingest/installation-secret.ts";
import { reportJudged, seedOf } from "../judge/assess-traffic.ts";
import type { SignalParameters } from "../judge/configuration.ts";
import { type Late, TrafficFollower } from "../judge/traffic-follower.ts";
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
  readonly calendar?: Calendar | undefined;
  /** How long an exchange may be on its way: a tick closes when the traffic has gone on for as long after its end. Seconds. */
  readonly latenessSeconds: number;
  /** Bounds how far the traffic's clock is believed: an exchange dated in the future closes nothing. */
  readonly now: () => Date;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** Agreements as they are when ticks are judged. */
  readonly agreements: () => readonly Agreement[];
  /** Whether this node may judge now, where several could. Absent: it may, as the lock of its data folder lets nobody else in. */
  readonly mayJudge?: () => Promise<boolean>;
  /** Hears what is assessed, and of which tick, when ticks were judged, the last of them. A listener that fails is told to `onFailure`. */
  readonly onAssessments?: OnAssessments | undefined;
  readonly onFailure: (error: unknown) => void;
}

/** `closedTick` is the end of the last tick judged, seconds since 1970. */
export type OnAssessments = (result: ScanResult, closedTick: number) => void;

/** How judging goes. */
export interface ClockState {
  /** End of the last tick judged, seconds since 1970; 0 before the first. */
  readonly closedTick: number;
  /** What the last ticks took that were judged together, milliseconds, without reporting; and judging all that was there from its beginning. */
  readonly tickMs: number;
  readonly beginMs: number;
  /** What came too late to count, since all was judged from its beginning. */
  readonly late: Late;
  /** Whether another node judges, for all this one knows. */
  readonly waits: boolean;
}

/** What is assessed, as of a tick. */
export interface Assessments {
  readonly result: ScanResult;
  readonly closedTick: number;
}

/** A judge that keeps pace with traffic: each wake judges the ticks that can be closed by then. */
export interface Clock {
  /** As of the last tick judged; undefined until the first is, and while another node judges. */
  assessments(): Assessments | undefined;
  state(): ClockState;
  /** An account of which a line was stored. */
  tell(account: string): void;
  /** Judges the ticks that can be closed now; resolves when that is done. */
  wake(): Promise<void>;
}

const DAY_SECONDS = 86_400;
/** Before anything is judged. */
export const NEVER_JUDGED: ClockState = {
  closedTick: 0,
  tickMs: 0,
  beginMs: 0,
  late: { rows: 0, lines: 0 },
  waits: false,
};

/**
 * Judges the traffic of a warehouse as its ticks close, by the traffic's own clock: the machine's only wakes it. All that
 * is there already is judged first, and again on the first tick of a UTC day after something came too
 * late to count.
 */
export function openClock(options: ClockOptions): Clock {
  return new TrafficClock(options);
}

class TrafficClock implements Clock {
  readonly #options: ClockOptions;
  #follower: TrafficFollower | undefined;
  /** Accounts of which something was said that the follower does not know yet. */
  #told = new Set<string>();
  #current: Assessments | undefined;
  #state = NEVER_JUDGED;
  #working: Promise<void> = Promise.resolve();

  constructor(options: ClockOptions) {
    this.#options = options;
  }

  assessments(): Assessments | undefined {
    return this.#current;
  }

  state(): ClockState {
    return this.#state;
  }

  tell(account: string): void {
    this.#told.add(account);
  }

  wake(): Promise<void> {
    return this.#inTurn(() => this.#work());
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#working = this.#working.then(work).catch((error: unknown) => {
      // What it knows may be half of a tick: all is judged anew.
      this.#follower = undefined;
      this.#options.onFailure(error);
    });
    return this.#working;
  }

  async #work(): Promise<void> {
    const until = await this.#closable();
    // A node that gets no traffic must not keep another from judging.
    if (until <= 0 || !(await this.#mayJudge())) return;
    if (until <= (this.#follower?.until ?? 0)) {
      if (this.#current === undefined) await this.#report();
      return;
    }
    if (this.#follower?.isOutdated && isNewDay(this.#follower.until, until)) {
      this.#follower = undefined;
    }
    await this.#judge(until);
    if (await this.#mayJudge()) await this.#report();
  }

  /** What was judged so far stays true while another node judges: the traffic is this node's own copy. */
  async #mayJudge(): Promise<boolean> {
    const may = (await this.#options.mayJudge?.()) ?? true;
    this.#state = { ...this.#state, waits: !may };
    if (!may) this.#current = undefined;
    if (!may && this.#follower === undefined) this.#told = new Set();
    return may;
  }

  /** Brings the follower to the end of a tick. */
  async #judge(until: number): Promise<void> {
    const { warehouse, secret, clock } = this.#options;
    const told = this.#told;
    this.#told = new Set();
    const began = clock();
    const isNew = this.#follower === undefined;
    const options = { ...this.#options, seed: seedOf(secret) };
    this.#follower ??= await TrafficFollower.begin(warehouse, options, until);
    if (!isNew) await this.#follower.advance(until, told);
    this.#state = {
      closedTick: until,
      ...(isNew
        ? { tickMs: this.#state.tickMs, beginMs: clock() - began }
        : { tickMs: clock() - began, beginMs: this.#state.beginMs }),
      late: this.#follower.late,
      waits: false,
    };
  }

  /** Says what is assessed as of the follower's last tick. */
  async #report(): Promise<void> {
    const { warehouse, agreements, onAssessments, onFailure } = this.#options;
    const { judged, until } = this.#follower!;
    const { result } = await judged.judge.undisturbed(() =>
      reportJudged(warehouse, judged, { ...this.#options, agreements: agreements() }),
    );
    this.#current = { result, closedTick: until };
    try {
      onAssessments?.(result, until);
    } catch (error) {
      onFailure(error);
    }
  }

  /** The end of the last tick that can be closed, seconds since 1970. */
  async #closable(): Promise<number> {
    const { warehouse, now, latenessSeconds, tickSeconds } = this.#options;
    const [row] = await warehouse.rows(latestTime, {});
    const seen = Math.min(row?.latest ?? 0, now().getTime() / 1000) - latenessSeconds;
    return Math.floor(seen / tickSeconds) * tickSeconds;
  }
}

function isNewDay(before: number, now: number): boolean {
  return Math.floor(now / DAY_SECONDS) > Math.floor(before / DAY_SECONDS);
}
