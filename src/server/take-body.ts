import type { IncomingMessage } from "node:http";
import type { Damage } from "../ingest/damage.ts";
import type { BodyRoom } from "./body-room.ts";
import type { IntakeGate } from "./intake-gate.ts";
import { withBody } from "./open-body.ts";
import type { Answer } from "./route.ts";
import type { TokenRates } from "./token-rates.ts";
import type { TokenRecord } from "./tokens.ts";

/** What stands between a sender and intake. */
export interface Limits {
  readonly gate: IntakeGate;
  readonly rates: TokenRates;
  readonly room: BodyRoom;
}

/** A body that is about to come. */
export interface Incoming {
  readonly request: IncomingMessage;
  readonly token: TokenRecord | undefined;
  readonly type: RegExp;
  /** Whether it is refused last: see `IntakeGate`. */
  readonly last: boolean;
}

/**
 * Reads a body where intake is open and its token may still send, and books what it cost the token, also where it is
 * refused in the end. `use` says how many lines it held. Throws SW_BACKLOG, SW_DISK_LOW, SW_RATE_EXCEEDED, and as
 * `withBody`.
 */
export async function takeBody(
  { request, token, type, last }: Incoming,
  { gate, rates, room }: Limits,
  use: (
    chunks: AsyncIterable<Buffer | Damage>,
    onLines: (lines: number) => void,
  ) => Promise<Answer>,
): Promise<Answer> {
  await gate.assertOpen(last);
  rates.assertWithin(token);
  let [lines, bytes] = [0, 0];
  const onBytes = (more: number): void => void (bytes += more);
  const onLines = (more: number): void => void (lines += more);
  try {
    return await withBody(request, { room, type, onBytes }, (chunks) => use(chunks, onLines));
  } finally {
    rates.spend(token, { lines, bytes });
  }
}
