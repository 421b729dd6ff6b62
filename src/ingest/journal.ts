import { StillwatchError } from "../core/errors.ts";
import type { JournalPart } from "./journal-part.ts";
import type { Segment } from "./segment.ts";
import type { Spool } from "./spool.ts";
import { SEGMENT_BYTES, SEGMENT_ROWS } from "./write-segments.ts";

/** Lines on their way into the warehouse: what `append` promised survives the end of the process and of the machine. */
export interface Journal {
  /** Resolves when the lines are durable. Callers that wait at once share one fsync. Throws SW_JOURNAL_FAILED: then nothing was promised. */
  append(lines: JournalLines): Promise<void>;
  /** All that was appended, as segments, oldest first; what is appended later goes into others. */
  take(): Promise<readonly Segment[]>;
}

/** Whole lines, each ending in a newline, none of them empty. */
export interface JournalLines {
  readonly texts: readonly Buffer[];
  readonly rows: number;
}

interface Waiting extends JournalLines {
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** A part is closed from this size on: a loader takes it whole. */
const PART_BYTES = SEGMENT_BYTES / 2;

/** The journal of a data folder, in its spool. One at a time. */
export function openJournal(spool: Pick<Spool, "beginPart">): Journal {
  const waiting: Waiting[] = [];
  const ended: Segment[] = [];
  let part: JournalPart | undefined;
  let rows = 0;
  let last: Promise<void> = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work, work);
    return last;
  };
  const endPart = async (): Promise<void> => {
    const ending = part;
    part = undefined;
    rows = 0;
    const segment = await ending?.end();
    if (segment !== undefined) ended.push(segment);
  };
  const write = async (): Promise<void> => {
    const batch = takeBatch(waiting);
    if (batch.length === 0) return;
    const more = batch.reduce((sum, lines) => sum + lines.rows, 0);
    try {
      if (rows + more > SEGMENT_ROWS) await endPart();
      part ??= await spool.beginPart();
      const texts = batch.flatMap((lines) => lines.texts);
      await part.append(texts, more);
      rows += more;
    } catch (error) {
      // An fsync that failed once says nothing of the next: another file is begun.
      await endPart();
      const reason = (error as NodeJS.ErrnoException).code ?? "unknown";
      for (const { reject } of batch)
        reject(new StillwatchError("SW_JOURNAL_FAILED", { reason }, error));
      return;
    }
    for (const { resolve } of batch) resolve();
    if (part.bytes >= PART_BYTES) await endPart();
  };
  return {
    append: (lines) =>
      new Promise((resolve, reject) => {
        waiting.push({ ...lines, resolve, reject });
        void inTurn(write).catch(() => {});
      }),
    async take() {
      await inTurn(endPart);
      return ended.splice(0);
    },
  };
}

/** What is written and synced together; the rest has turns of its own, one an append. */
function takeBatch(waiting: Waiting[]): readonly Waiting[] {
  let [taken, bytes] = [0, 0];
  for (const { texts } of waiting) {
    bytes += texts.reduce((sum, text) => sum + text.length, 0);
    if (taken > 0 && bytes > PART_BYTES) break;
    taken++;
  }
  return waiting.splice(0, taken);
}
