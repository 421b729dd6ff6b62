import { feedHead, readDecisionFeed } from "../ledger/decision-feed.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { type DecisionRow, STEPS, type Step } from "../ledger/tables.ts";
import {
  type Asked,
  type Decision,
  type DecisionEntry,
  type DecisionTable,
  type OpenDecisionTable,
  openDecisionTable,
  type TableOptions,
} from "./decision-table.ts";

/** What decisions are served from. */
export interface DecisionsOptions extends Pick<TableOptions, "restrictions" | "keyHash"> {
  readonly ledger: Ledger;
  readonly now: () => Date;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
  /** How long the last table is believed while the ledger is out of reach, milliseconds; infinite: always. */
  readonly staleAfterMs: number;
  /** How often the ledger is asked what changed, milliseconds; 250 by default. */
  readonly pollMs?: number;
  /** How many changed steps are remembered for readers that were away; 100,000 by default. */
  readonly remembered?: number;
  /** Hears that the ledger is out of reach, once until it is back. */
  readonly onFailure: (error: unknown) => void;
}

/** What changed between two sequence numbers. */
export interface DecisionChanges {
  readonly since: number;
  readonly sequence: number;
  readonly entries: readonly DecisionEntry[];
}

/** How decisions are served. */
export interface DecisionsState {
  /** Accounts that steps hold for. */
  readonly accounts: number;
  /** How far the ledger was read. */
  readonly sequence: number;
  /** Since the ledger was last heard. */
  readonly ageSeconds: number;
  readonly stale: boolean;
  /** Since the start. */
  readonly answered: Readonly<Record<Step, number>>;
}

/** A ledger's decisions in memory, never more than a moment old while the ledger answers. */
export interface Decisions extends DecisionTable {
  readonly sequence: number;
  /** When the table was last what the ledger says, ISO 8601. */
  readonly time: string;
  entries(): Iterable<DecisionEntry>;
  /** What changed after a number; undefined where that is longer ago than is remembered, or yet to come. */
  changesAfter(sequence: number): readonly DecisionEntry[] | undefined;
  /** Hears every change, and undefined where all is to be read anew; answers how to stop. */
  listen(listener: (changes: DecisionChanges | undefined) => void): () => void;
  state(): DecisionsState;
  /** Whoever listens is told to read anew. */
  close(): Promise<void>;
}

const POLL_MS = 250;
const REMEMBERED = 100_000;
/** A ledger that says nothing for so long is asked again, on another connection. */
const ANSWER_MS = 5_000;
/** Accounts looked at a poll for steps that ran out: so few that nobody who asks meanwhile waits for it. */
const SWEPT = 200;

/** Reads the ledger's decisions, and keeps them as they are there. Throws SW_LEDGER_FAILED where it can't be read at first. */
export async function openDecisions(options: DecisionsOptions): Promise<Decisions> {
  const decisions = new LedgerDecisions(options);
  await decisions.begin();
  return decisions;
}

interface Remembered {
  readonly changed: number;
  readonly entry: DecisionEntry;
}

class LedgerDecisions implements Decisions {
  readonly #options: DecisionsOptions;
  readonly #listeners = new Set<(changes: DecisionChanges | undefined) => void>();
  readonly #answered = Object.fromEntries(STEPS.map((step) => [step, 0])) as Record<Step, number>;
  #table: OpenDecisionTable;
  #sequence = 0;
  #time = "";
  /** By `clock`. */
  #heardAt = 0;
  #begun = false;
  /** What changed after `#floor`, in that order. */
  #log: Remembered[] = [];
  #floor = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Ends the patience with a poll. */
  #late: NodeJS.Timeout | undefined;
  #refreshing: Promise<void> = Promise.resolve();
  /** Tells a reading that was given up that it is. */
  #reading: object = {};
  #failing = false;
  #closed = false;

  constructor(options: DecisionsOptions) {
    this.#options = options;
    this.#table = this.#newTable();
  }

  async begin(): Promise<void> {
    await this.#refresh();
    this.#wait();
  }

  get sequence(): number {
    return this.#sequence;
  }

  get time(): string {
    return this.#time;
  }

  decide(asked: Asked): Decision {
    const decision = this.#table.decide(asked);
    this.#answered[decision.action]++;
    return decision;
  }

  entries(): Iterable<DecisionEntry> {
    return this.#table.entries();
  }

  changesAfter(sequence: number): readonly DecisionEntry[] | undefined {
    if (sequence < this.#floor || sequence > this.#sequence) return undefined;
    const from = this.#log.findIndex(({ changed }) => changed > sequence);
    return from < 0 ? [] : this.#log.slice(from).map(({ entry }) => entry);
  }

  listen(listener: (changes: DecisionChanges | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  state(): DecisionsState {
    return {
      accounts: this.#table.accounts,
      sequence: this.#sequence,
      ageSeconds: this.#age() / 1_000,
      stale: this.#isStale(),
      answered: { ...this.#answered },
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#reading = {};
    clearTimeout(this.#timer);
    this.#tell(undefined);
    await this.#refreshing;
  }

  #newTable(): OpenDecisionTable {
    return openDecisionTable({ ...this.#options, isStale: () => this.#isStale() });
  }

  #age(): number {
    return this.#options.clock() - this.#heardAt;
  }

  #isStale(): boolean {
    return this.#age() > this.#options.staleAfterMs;
  }

  #wait(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#refreshing = this.#poll();
    }, this.#options.pollMs ?? POLL_MS).unref();
  }

  async #poll(): Promise<void> {
    try {
      const given = new Promise<never>((_, reject) => {
        this.#late = setTimeout(() => reject(new Error("it doesn't answer")), ANSWER_MS).unref();
      });
      await Promise.race([this.#refresh(), given]);
      this.#table.sweep(SWEPT);
      this.#failing = false;
    } catch (error) {
      if (!this.#failing && !this.#closed) this.#options.onFailure(error);
      this.#failing = true;
    } finally {
      clearTimeout(this.#late);
      this.#wait();
    }
  }

  async #refresh(): Promise<void> {
    const reading = (this.#reading = {});
    const { now, clock } = this.#options;
    const [time, heardAt] = [now().toISOString(), clock()];
    const read = await this.#read(() => this.#reading !== reading);
    if (read === undefined) return;
    const { since, head, table, changes } = read;
    const entries = changes.map(({ entry }) => entry);
    [this.#table, this.#sequence, this.#time, this.#heardAt] = [table, head, time, heardAt];
    this.#begun = true;
    this.#remember(since === undefined ? undefined : changes);
    if (since === undefined) this.#tell(undefined);
    else if (entries.length > 0) this.#tell({ since, sequence: head, entries });
  }

  /** Reads what changed, or all into a new table at first and where the ledger was put back to an earlier state. */
  async #read(isGivenUp: () => boolean) {
    const { ledger } = this.#options;
    const head = await feedHead(ledger);
    const since = !this.#begun || head < this.#sequence ? undefined : this.#sequence;
    const table = since === undefined ? this.#newTable() : this.#table;
    const changes: Remembered[] = [];
    const take = (entry: DecisionEntry, changed: number): void => {
      table.apply(entry);
      if (since !== undefined) changes.push({ entry, changed });
    };
    if (isGivenUp()) return undefined;
    if (head !== since) {
      for await (const page of readDecisionFeed(ledger, { since: since ?? 0, until: head })) {
        if (isGivenUp()) return undefined;
        this.#late?.refresh();
        for (const row of page.rows) take(entryOf(row), row.changed);
        for (const { key, account } of page.keyUsers) table.addUser(key, account);
        for (const number of page.forgottenCases) {
          for (const entry of table.entries())
            if (entry.case === `c${number}`) take({ ...entry, action: "allow" }, head);
        }
      }
    }
    return isGivenUp() ? undefined : { since, head, table, changes };
  }

  #remember(changes: readonly Remembered[] | undefined): void {
    if (changes === undefined) [this.#log, this.#floor] = [[], this.#sequence];
    else for (const change of changes) this.#log.push(change);
    const over = this.#log.length - (this.#options.remembered ?? REMEMBERED);
    if (over > 0) this.#floor = this.#log.splice(0, over).at(-1)!.changed;
  }

  #tell(changes: DecisionChanges | undefined): void {
    for (const listener of this.#listeners) listener(changes);
  }
}

/** A row of the ledger as gateways know it. */
function entryOf(row: DecisionRow): DecisionEntry {
  return {
    account: row.account,
    decision: `d${row.number}`,
    action: row.lifted === null ? row.step : "allow",
    reason: row.reason_code,
    expires: row.expires,
    case: `c${row.case_number}`,
  };
}
