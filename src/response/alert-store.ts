import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import { alertShape } from "./alert.ts";
import { toldGroupShape } from "./alerts-of.ts";
import { toldFieldShape } from "./lost-fields.ts";

const messageShape = z.strictObject({
  webhook: z.string(),
  id: z.string(),
  body: z.string(),
  /** Times are ISO 8601. */
  created: z.string(),
  attempts: z.int(),
  /** Not to be tried before. */
  next: z.string(),
  /** Why the last attempt failed; empty before the first. */
  reason: z.string(),
});
/** A message that is to be delivered. */
export type OutboxMessage = z.infer<typeof messageShape>;

const deadShape = messageShape.pick({ webhook: true, id: true, attempts: true, reason: true });

const stateShape = z.strictObject({
  version: z.literal(1),
  /** End of the last tick that was heard, ISO 8601; empty before the first. */
  heard: z.string(),
  told: z.record(z.string(), toldGroupShape),
  fields: z.record(z.string(), toldFieldShape),
  /** Up to which row of the ledger's audit it was read for who broke glass; null before the first time. */
  glass: z.int().nullable().default(null),
  /** Alerts that wait for others or for the end of quiet hours, and since when. */
  waiting: z.array(z.strictObject({ since: z.string(), alert: alertShape })).readonly(),
  outbox: z.array(messageShape).readonly(),
  /** Messages that were given up: the last 100. */
  dead: z.array(deadShape.extend({ at: z.string() })).readonly(),
  /** Messages given up, and taken by receivers, ever. */
  given_up: z.int(),
  delivered: z.int(),
});
/** Everything about alerts that outlives the process: what was told, and what is still to be delivered. */
export type AlertBook = z.infer<typeof stateShape>;

/** Keeps the book. What `write` returned from is what the next `read` finds, whatever happens between. */
export interface AlertStore {
  read(): AlertBook;
  /** Whole or not at all. */
  write(book: AlertBook): void;
}

/** The book in which nothing was told. */
export const EMPTY_BOOK: AlertBook = {
  version: 1,
  heard: "",
  told: {},
  fields: {},
  glass: null,
  waiting: [],
  outbox: [],
  dead: [],
  given_up: 0,
  delivered: 0,
};

/** The store in a data folder: `alerts.json`, mode 0600. Both throw SW_DATA_UNUSABLE. */
export function openAlertStore(dataDir: string): AlertStore {
  const path = join(dataDir, "alerts.json");
  const failed = (error: unknown): StillwatchError => {
    const reason = (error as NodeJS.ErrnoException).code ?? "it is not a book of alerts";
    return new StillwatchError("SW_DATA_UNUSABLE", { path, reason }, error);
  };
  return {
    read() {
      try {
        return stateShape.parse(JSON.parse(readFileSync(path, "utf8")));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return EMPTY_BOOK;
        throw failed(error);
      }
    },
    write(book) {
      try {
        writeDurably(`${path}.part`, JSON.stringify(book));
        renameSync(`${path}.part`, path);
        syncFolder(dirname(path));
      } catch (error) {
        throw failed(error);
      }
    },
  };
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, "w", 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
