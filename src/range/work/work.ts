import type { Caller, Reply } from "../conversation.ts";
import type { Dials } from "../dials.ts";
import type { PoolAccount } from "../pool.ts";
import type { Random } from "../random.ts";
import type { Subject } from "../texts/subject.ts";
import type { Voice } from "../texts/voice.ts";
import type { Draft, Message } from "../world.ts";

/** What one account may be kept to: a list of its own, on a subject of its own. */
export interface Topic {
  readonly index: number;
  readonly subject: Subject;
  readonly voice: Voice;
}

/** When and for whom a job is opened. `topic` is set where the work is partitioned. */
export interface Occasion {
  readonly account: PoolAccount;
  readonly time: number;
  readonly topic: Topic | undefined;
}

/** One request of a job, and its answer. */
export interface Step {
  readonly turn: readonly Message[];
  readonly reply: Reply;
  /** Milliseconds until the next request; absent after the last. */
  readonly pause?: number;
}

/** One conversation that the operation holds. */
export interface Job {
  /** What its requests carry over the account's own software. */
  readonly frame?: Partial<Pick<Caller, "system" | "tools" | "reasons">>;
  /** The next request, sent through `account`. */
  readonly step: (account: PoolAccount) => Step;
  /** Called with each exchange as it was sent. */
  readonly heard?: (draft: Draft) => void;
}

/** What an operation does, job after job. Its memory doesn't grow with jobs. */
export interface Work {
  /** Mean number of requests in a job. */
  readonly steps: number;
  readonly open: (occasion: Occasion) => Job;
}

/** Starts an operation's work. */
export type MakeWork = (random: Random, dials: Dials) => Work;

/** A job of one request. */
export function single(step: Step, frame?: Job["frame"]): Job {
  return { step: () => step, ...(frame === undefined ? {} : { frame }) };
}
