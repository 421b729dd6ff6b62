import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { InstallationSecret } from "./installation-secret.ts";
import { type Journal, type JournalLines, openJournal } from "./journal.ts";
import { loadSegment, type SegmentTotals } from "./load-segment.ts";
import type { Segment } from "./segment.ts";
import { removeSegment, type Spool } from "./spool.ts";

/** What live intake works with. */
export interface IntakeOptions {
  readonly warehouse: Warehouse;
  readonly spool: Spool;
  readonly secret: InstallationSecret;
  readonly now: () => Date;
  /** 0 keeps no text. */
  readonly keepTextDays: number;
  /** How long lines wait for others before they are fingerprinted, milliseconds; 2,000 by default. */
  readonly gatherMs?: number;
  /** Hears when the warehouse does not take lines, and when it does again. Nothing is lost meanwhile. */
  readonly onStuck?: (error: unknown) => void;
  readonly onFreed?: () => void;
  /** Hears what became of lines that were loaded, and when loading them began. */
  readonly onLoaded?: (done: SegmentTotals, began: Date) => void;
}

/** How intake goes, since it was opened. Lines and bytes. */
export interface IntakeState {
  /** Durable in the journal and not yet in the warehouse. */
  readonly waitingBytes: number;
  readonly waitingLines: number;
  /** Since when the oldest of them waits, or earlier by a moment; null where none does. */
  readonly waitingSince: Date | null;
  /** Promised to senders. */
  readonly taken: number;
  /** What became of lines in the warehouse; a line of an earlier run counts too. */
  readonly accepted: number;
  readonly repeats: number;
  readonly rejected: number;
}

/** Lines into the warehouse, each once. */
export interface Intake {
  /** Resolves when the lines are durable: from then on they reach the warehouse whatever happens. Throws SW_JOURNAL_FAILED. */
  take(lines: JournalLines): Promise<void>;
  state(): IntakeState;
  /** Brings all that was taken into the warehouse, unless that refuses it; then it waits in the spool. */
  close(): Promise<void>;
}

/** A loader's statements cost a fifth of a second of processor however few lines they read. */
const GATHER_MS = 2_000;
/** How long a warehouse that failed is left alone. */
const RETRY_MS = 5_000;

/**
 * Opens live intake on a data folder whose warehouse is open: a journal that promises, and a drain that carries what was
 * promised into the warehouse, with the same statements as a scan. What an interrupted run left is drained first. A part
 * of the journal is removed only once the warehouse has its lines on disk, and loading it again changes nothing.
 */
export function openIntake(options: IntakeOptions): Intake {
  const journal = openJournal(options.spool);
  const drain = new Drain(journal, options);
  return {
    async take(lines) {
      if (lines.rows === 0) return;
      await journal.append(lines);
      drain.took(lines);
    },
    state: () => drain.state(),
    close: () => drain.close(),
  };
}

/** Carries parts of the journal into the warehouse, one at a time: the landing table is shared. */
class Drain {
  readonly #journal: Journal;
  readonly #options: IntakeOptions;
  #queue: Segment[];
  #counts = { waitingBytes: 0, waitingLines: 0, taken: 0, accepted: 0, repeats: 0, rejected: 0 };
  #since: Date;
  #stuck = false;
  #closing = false;
  #wake = (): void => {};
  readonly #running: Promise<void>;

  constructor(journal: Journal, options: IntakeOptions) {
    this.#journal = journal;
    this.#options = options;
    this.#since = options.now();
    this.#queue = [...options.spool.leftover];
    for (const { manifest } of this.#queue) this.#wait(manifest.bytes, manifest.rows);
    this.#running = this.#run();
  }

  took({ texts, rows }: JournalLines): void {
    if (this.#counts.waitingLines === 0) this.#since = this.#options.now();
    this.#counts.taken += rows;
    this.#wait(
      texts.reduce((sum, text) => sum + text.length, 0),
      rows,
    );
    this.#wake();
  }

  state(): IntakeState {
    const waitingSince = this.#counts.waitingLines === 0 ? null : this.#since;
    return { ...this.#counts, waitingSince };
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { gatherMs = GATHER_MS } = this.#options;
    for (;;) {
      const closing = this.#closing;
      const looked = this.#options.now();
      this.#queue.push(...(await this.#journal.take()));
      for (const segment of this.#queue.splice(0)) {
        // What the warehouse refuses is tried again after all others, so that it holds up none.
        if (!(await this.#load(segment))) this.#queue.push(segment);
      }
      // What waits now was taken while these were loaded.
      if (this.#queue.length === 0) this.#since = looked;
      if (closing) return;
      if (this.#queue.length > 0) await this.#pause(RETRY_MS);
      else {
        if (this.#counts.waitingLines === 0) await this.#pause();
        await this.#pause(gatherMs);
      }
    }
  }

  async #load(segment: Segment): Promise<boolean> {
    const { warehouse, secret, keepTextDays, now } = this.#options;
    const began = now();
    try {
      const done = await loadSegment(warehouse, segment, { secret, keepTextDays, now: began });
      await removeSegment(segment);
      this.#wait(-segment.manifest.bytes, -segment.manifest.rows);
      this.#counts.accepted += done.accepted;
      this.#counts.repeats += done.repeats;
      this.#counts.rejected += done.rejected;
      this.#options.onLoaded?.(done, began);
      if (this.#stuck) this.#options.onFreed?.();
      this.#stuck = false;
      return true;
    } catch (error) {
      if (!this.#stuck) this.#options.onStuck?.(error);
      this.#stuck = true;
      return false;
    }
  }

  #wait(bytes: number, rows: number): void {
    this.#counts.waitingBytes += bytes;
    this.#counts.waitingLines += rows;
  }

  /** Waits; without a time, until lines come. Closing ends any wait. */
  async #pause(milliseconds?: number): Promise<void> {
    if (this.#closing) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
    this.#wake = () => {
      if (milliseconds === undefined || this.#closing) resolve();
    };
    await promise;
    clearTimeout(timer);
    this.#wake = () => {};
  }
}
