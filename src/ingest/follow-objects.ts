import { setTimeout as wait } from "node:timers/promises";
import { StillwatchError } from "../core/errors.ts";
import type { LineBlock } from "./inspect-block.ts";
import type { ObjectStore, StoredObject } from "./object-store.ts";
import { openSource } from "./open-source.ts";
import { readExchanges } from "./read-exchanges.ts";
import { openSentObjects } from "./sent-objects.ts";
import type { Reading } from "./translate-record.ts";

/** What following a store takes. */
export interface FollowOptions {
  readonly store: ObjectStore;
  /** Remembers which objects were sent, so that a later run goes on there. */
  readonly placePath: string;
  readonly reading: Reading;
  /** Takes whole lines of our own form; when it resolves they are safe. */
  readonly send: (lines: Buffer) => Promise<void>;
  /** Milliseconds from one look to the next. */
  readonly pollMs: number;
  /** Look through the store once; a store that is away then fails. */
  readonly once: boolean;
  /** Ends the following after the object that is being sent. */
  readonly signal: AbortSignal;
  readonly onTold: (told: ObjectTold) => void;
}

/** What is told of an object: lines that are no exchange, or that it could not be read; or that the store is away. */
export type ObjectTold =
  | {
      readonly kind: "refused";
      readonly key: string;
      readonly line: number;
      readonly reason: string;
    }
  | { readonly kind: "skipped"; readonly key: string; readonly reason: string }
  | { readonly kind: "away"; readonly reason: string };

/** Sent at once; a longer line goes alone. */
const BATCH_BYTES = 4 * 1024 * 1024;
const NEWLINE = 0x0a;
/** Bedrock puts bodies over 100 kB here, without saying whose they are. */
const BODIES_ALONE = /BedrockModelInvocationLogs\/.*\/data\//;

/**
 * Sends what a store holds and what is put there later, each object once it was not sent as it is now: unpacked, and
 * translated from whatever format it is in. An object counts as sent when all its lines were taken, so that an end at
 * any moment loses none; lines may be sent twice. A store that is away is asked again. Throws SW_STORE_REFUSED,
 * SW_OUTPUT_UNWRITABLE, with `once` SW_STORE_AWAY, and what `send` throws.
 */
export async function followObjects(options: FollowOptions): Promise<void> {
  const { store, placePath, pollMs, once, signal, onTold } = options;
  const sent = await openSentObjects(placePath);
  for (;;) {
    try {
      const present: StoredObject[] = [];
      for await (const page of store.list()) {
        present.push(...page);
        for (const object of page) {
          if (sent.has(object) || BODIES_ALONE.test(object.key)) continue;
          await sendObject(object.key, options);
          await sent.add(object);
          if (signal.aborted) return;
        }
      }
      await sent.keepOnly(present);
    } catch (error) {
      if (!(error instanceof StillwatchError) || error.code !== "SW_STORE_AWAY") throw error;
      if (once) throw error;
      onTold({ kind: "away", reason: String(error.details["reason"]) });
    }
    if (once || signal.aborted) return;
    await wait(pollMs, undefined, { signal }).catch(() => {});
  }
}

async function sendObject(
  key: string,
  { store, reading, send, onTold }: FollowOptions,
): Promise<void> {
  const bytes = await store.read(key);
  if (bytes === undefined) return onTold({ kind: "skipped", key, reason: "gone or archived" });
  const { packing, chunks } = await openSource(bytes, () => {});
  if (packing === "parquet") {
    await (chunks as AsyncGenerator).return(undefined);
    return onTold({ kind: "skipped", key, reason: "Parquet: `stillwatch scan` reads it" });
  }
  let held: Buffer[] = [];
  let [bytesHeld, line] = [0, 1];
  const sendHeld = async (): Promise<void> => {
    const lines = Buffer.concat(held);
    [held, bytesHeld] = [[], 0];
    if (lines.length > 0) await send(lines);
  };
  for await (const block of readExchanges(chunks, reading)) {
    for (const { line: row, reason } of block.rejections) {
      onTold({ kind: "refused", key, line: line + (block.origin?.ofRow[row] ?? row), reason });
    }
    line += block.origin?.lines ?? block.lines;
    for (const piece of pieces(block)) {
      if (bytesHeld > 0 && bytesHeld + piece.length > BATCH_BYTES) await sendHeld();
      held.push(piece);
      bytesHeld += piece.length;
    }
  }
  await sendHeld();
}

/** The filled lines of a block, as long pieces as may go at once. */
function* pieces({ bytes }: LineBlock): Generator<Buffer> {
  let start = 0;
  for (let at = 0, end: number; (end = bytes.indexOf(NEWLINE, at)) >= 0; at = end + 1) {
    if (end + 1 - start > BATCH_BYTES && at > start) {
      yield bytes.subarray(start, at);
      start = at;
    }
  }
  if (start < bytes.length) yield bytes.subarray(start);
}
