import type { Agreement } from "../core/agreement.ts";
import { type ErrorCode, type ErrorDetails, StillwatchError } from "../core/errors.ts";
import type { Endpoint } from "../warehouse/warehouse-child.ts";
import type { Assessments, ClockOptions, ClockState } from "./open-clock.ts";

/** What the judge's thread is started with. */
export interface JudgeOrder extends Pick<
  ClockOptions,
  "secret" | "q" | "tickSeconds" | "parameters" | "calendar" | "latenessSeconds"
> {
  /** Whether it asks for the right to judge before it does. */
  readonly asks: boolean;
}

/** What the judge's thread is told. */
export type ToJudge =
  | { readonly kind: "wake"; readonly now: Date; readonly agreements: readonly Agreement[] }
  | { readonly kind: "tell"; readonly account: string }
  | { readonly kind: "answer"; readonly question: number; readonly answer: unknown }
  | { readonly kind: "answer"; readonly question: number; readonly failure: Failure };

/** What the judge's thread may ask, and what it is answered. */
export interface Questions {
  readonly endpoint: Endpoint;
  readonly whyEnded: string;
  readonly mayJudge: boolean;
}

/** What the judge's thread says. */
export type FromJudge =
  | { readonly kind: "question"; readonly question: number; readonly of: keyof Questions }
  | { readonly kind: "kill"; readonly reason: string }
  | { readonly kind: "assessed"; readonly assessments: Assessments }
  | { readonly kind: "woken"; readonly state: ClockState; readonly stands: boolean }
  | { readonly kind: "failed"; readonly failure: Failure };

/** An error on its way between threads: a copy of one is of no class. */
export interface Failure {
  readonly code?: ErrorCode;
  readonly details?: ErrorDetails;
  readonly message: string;
}

/** Packs an error. */
export function packFailure(error: unknown): Failure {
  if (error instanceof StillwatchError) {
    return { code: error.code, details: error.details, message: error.message };
  }
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** Makes an error again of what was packed. */
export function unpackFailure({ code, details, message }: Failure): Error {
  return code === undefined ? new Error(message) : new StillwatchError(code, details);
}
