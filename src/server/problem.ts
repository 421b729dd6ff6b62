import { type ServerResponse, STATUS_CODES } from "node:http";
import { ERRORS, StillwatchError } from "../core/errors.ts";
import { SECURE_HEADERS } from "./secure-headers.ts";

/** How long a sender should wait, seconds, by the status of what it was told. */
const RETRY_AFTER: Readonly<Record<number, number>> = { 429: 10, 502: 1, 503: 1 };

/** An error that says more to the one who asked than its message. */
export class Problem extends StillwatchError {
  /** Members beside those of RFC 9457. */
  readonly members: object;

  constructor(code: ConstructorParameters<typeof StillwatchError>[0], members: object) {
    super(code);
    this.members = members;
  }
}

/** What is told of an error. */
export interface ProblemDetails {
  readonly type: "about:blank";
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** An error as RFC 9457 has it. What was not foreseen is not described. */
export function problemOf(error: unknown): ProblemDetails {
  const known = error instanceof StillwatchError;
  const status = known ? ERRORS[error.code].status : 500;
  return {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "",
    status,
    code: known ? error.code : "SW_UNFORESEEN",
    detail: known ? error.message : "Something went wrong here. Send this again.",
    ...(error instanceof Problem ? error.members : {}),
  };
}

/** Answers with an error. */
export function answerProblem(response: ServerResponse, error: unknown): void {
  const body = problemOf(error);
  const { status } = body;
  const own = error instanceof StillwatchError && status === 429 && error.details["seconds"];
  const wait = own || RETRY_AFTER[status];
  response.writeHead(status, {
    ...SECURE_HEADERS,
    "content-type": "application/problem+json",
    ...(wait === undefined ? {} : { "retry-after": String(wait) }),
    ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
  });
  response.end(`${JSON.stringify(body)}\n`);
}
