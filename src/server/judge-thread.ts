import { Worker } from "node:worker_threads";
import type { Agreement } from "../core/agreement.ts";
import type { Engine } from "../warehouse/open-warehouse.ts";
import {
  type FromJudge,
  type JudgeOrder,
  packFailure,
  type Questions,
  type ToJudge,
  unpackFailure,
} from "./judge-messages.ts";
import {
  type Assessments,
  type Clock,
  type ClockOptions,
  type ClockState,
  NEVER_JUDGED,
} from "./open-clock.ts";

/** What a judge in a thread of its own works with: a clock's options, but the warehouse is joined. */
export interface JudgeThreadOptions extends Omit<ClockOptions, "warehouse" | "clock"> {
  /** The process of the warehouse, which this thread has opened. */
  readonly engine: Engine;
  /** Agreements as they are when ticks are judged. */
  readonly agreements: () => readonly Agreement[];
  /** How often it looks whether a tick can be closed, milliseconds; 5,000 by default. */
  readonly wakeMs?: number;
}

const WAKE_MS = 5_000;

/** A judge that keeps pace with traffic by itself. */
export interface JudgeThread extends Clock {
  /** Ends at once: what it knows is nowhere else, and is found again from the traffic. */
  close(): Promise<void>;
}

/**
 * A judge on a clock in a thread of its own, so that no request waits while a tick is judged: what it reads of the
 * warehouse goes there past this thread. A thread that ends is told to `onFailure`; at the next wake another begins, and
 * judges all traffic from its beginning.
 */
export function openJudgeThread(options: JudgeThreadOptions): JudgeThread {
  return new ThreadedClock(options);
}

class ThreadedClock implements JudgeThread {
  readonly #options: JudgeThreadOptions;
  readonly #timer: NodeJS.Timeout;
  #worker: Worker | undefined;
  /** Of wakes that the thread has not answered, in order. */
  #wakes: (() => void)[] = [];
  #current: Assessments | undefined;
  #state: ClockState = NEVER_JUDGED;
  #closing = false;

  constructor(options: JudgeThreadOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      if (this.#wakes.length === 0) void this.wake();
    }, options.wakeMs ?? WAKE_MS).unref();
    void this.wake();
  }

  assessments(): Assessments | undefined {
    return this.#current;
  }

  state(): ClockState {
    return this.#state;
  }

  tell(account: string): void {
    // A thread that is yet to begin reads all that is said anyway.
    if (this.#worker !== undefined) this.#send({ kind: "tell", account });
  }

  wake(): Promise<void> {
    if (this.#closing) return Promise.resolve();
    this.#worker ??= this.#start();
    return new Promise((resolve) => {
      this.#wakes.push(resolve);
      const { now, agreements } = this.#options;
      this.#send({ kind: "wake", now: now(), agreements: agreements() });
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const { secret, q, tickSeconds, parameters, calendar, latenessSeconds, mayJudge } =
      this.#options;
    const order: JudgeOrder = {
      secret,
      q,
      tickSeconds,
      ...(parameters && { parameters }),
      calendar,
      latenessSeconds,
      asks: mayJudge !== undefined,
    };
    const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
    const file = new URL(`./judge-worker${extension}`, import.meta.url);
    const worker = new Worker(file, { workerData: order });
    worker.on("message", (message: FromJudge) => this.#hear(message));
    worker.on("error", (error) => this.#options.onFailure(error));
    worker.on("exit", () => {
      this.#worker = undefined;
      for (const wake of this.#wakes.splice(0)) wake();
    });
    return worker;
  }

  #hear(message: FromJudge): void {
    const { onAssessments, onFailure, engine } = this.#options;
    switch (message.kind) {
      case "assessed":
        this.#current = message.assessments;
        try {
          onAssessments?.(message.assessments.result, message.assessments.closedTick);
        } catch (error) {
          onFailure(error);
        }
        break;
      case "woken":
        this.#state = message.state;
        if (!message.stands) this.#current = undefined;
        this.#wakes.shift()?.();
        break;
      case "question":
        void this.#answer(message.question, message.of);
        break;
      case "kill":
        engine.kill(message.reason);
        break;
      case "failed":
        onFailure(unpackFailure(message.failure));
    }
  }

  async #answer(question: number, of: keyof Questions): Promise<void> {
    try {
      this.#send({ kind: "answer", question, answer: await this.#find(of) });
    } catch (error) {
      this.#send({ kind: "answer", question, failure: packFailure(error) });
    }
  }

  #find(of: keyof Questions): Questions[typeof of] | Promise<Questions[typeof of]> {
    const { engine, mayJudge } = this.#options;
    if (of === "endpoint") return engine.endpoint();
    return of === "whyEnded" ? engine.whyEnded() : (mayJudge?.() ?? true);
  }

  #send(message: ToJudge): void {
    this.#worker?.postMessage(message);
  }
}
