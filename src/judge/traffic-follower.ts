import { silent } from "../core/progress.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import {
  freshEchoes,
  newlyShared,
  presentedBefore,
  rowsBefore,
} from "../warehouse/statements.gen.ts";
import { deriveFeatures, deriveSpan } from "./derive-features.ts";
import type { TimedPiece } from "./piece-queue.ts";
import {
  feedTraffic,
  type Judged,
  judgeTraffic,
  type JudgeTrafficOptions,
  type Span,
  toPiece,
} from "./judge-traffic.ts";
import { readAccountFacts } from "./read-account-facts.ts";

/** How a follower judges. */
export type FollowerOptions = Pick<
  JudgeTrafficOptions,
  "tickSeconds" | "q" | "seed" | "parameters" | "calendar" | "onLook"
>;

/** What came too late to count where it belongs: rows of ticks that had closed, and lines about accounts that had been seen. */
export interface Late {
  readonly rows: number;
  readonly lines: number;
}

/** Names that one statement asks for. */
const NAMES_AT_ONCE = 5_000;

/**
 * A judge that has seen all traffic before a time, and is told only what is new from there on. It says what a judge that
 * reads everything anew would say: what that one knows in advance of a key or of a piece of an answer (that it will be
 * shared one day) is no more than an economy, and is made up for when it comes to pass. Where a call fails, the follower
 * is of no more use.
 */
export class TrafficFollower {
  readonly #warehouse: Warehouse;
  readonly #options: FollowerOptions;
  readonly #judged: Judged;
  readonly #pieces: TimedPiece[];
  /** By key of a piece that came back elsewhere: who has presented it. */
  readonly #presenters = new Map<bigint, Set<bigint>>();
  #until: number;
  /** By day: the rows there were when they were judged. */
  #rows: ReadonlyMap<string, number>;
  #late: Late = { rows: 0, lines: 0 };
  #hasForgotten = false;

  private constructor(
    warehouse: Warehouse,
    options: FollowerOptions,
    seen: { judged: Judged; until: number; rows: ReadonlyMap<string, number> },
  ) {
    this.#warehouse = warehouse;
    this.#options = options;
    this.#judged = seen.judged;
    this.#pieces = [...seen.judged.pieces];
    this.#until = seen.until;
    this.#rows = seen.rows;
    for (const { key, account, presents } of this.#pieces) {
      const presenters = this.#presentersOf(key);
      if (presents) presenters.add(account);
    }
  }

  /** Judges all traffic before a time from its beginning: as long as a scan of it takes. */
  static async begin(
    warehouse: Warehouse,
    options: FollowerOptions,
    until: number,
  ): Promise<TrafficFollower> {
    const rows = await countRows(warehouse, until);
    await deriveFeatures(warehouse, silent, until);
    const first = [...rows.keys()].toSorted()[0];
    const from = first === undefined ? until : Date.parse(first) / 1000;
    const judged = await judgeTraffic(warehouse, {
      ...options,
      span: { from, to: until },
      exchanges: 0,
      progress: silent,
    });
    return new TrafficFollower(warehouse, options, { judged, until, rows });
  }

  /** What was judged; of what came back elsewhere, the pieces known by now. */
  get judged(): Judged {
    return { ...this.#judged, pieces: this.#pieces };
  }

  /** The end of what was judged, seconds since 1970. */
  get until(): number {
    return this.#until;
  }

  get late(): Late {
    return this.#late;
  }

  /** True where judging everything anew would say something else: more came late, or something was forgotten since. */
  get isOutdated(): boolean {
    return this.#hasForgotten || this.#late.rows + this.#late.lines > 0;
  }

  /** Judges on to a time, the end of a tick. `told`: accounts of which something was said since the last call. */
  async advance(until: number, told: ReadonlySet<string> = new Set()): Promise<void> {
    const span = { from: this.#until, to: until };
    await this.#hearAccounts([...told]);
    await this.#countLate();
    this.#rows = await countRows(this.#warehouse, until);
    await this.#shareKeys(span);
    await deriveSpan(this.#warehouse, span);
    const pieces = await this.#freshPieces(span);
    for (const piece of pieces) this.#pieces.push(piece);
    this.#judged.judge.hearPieces(pieces);
    const { tickSeconds } = this.#options;
    await feedTraffic(this.#warehouse, this.#judged.judge, { span, tickSeconds });
    this.#until = until;
  }

  async #hearAccounts(told: readonly string[]): Promise<void> {
    for (let at = 0; at < told.length; at += NAMES_AT_ONCE) {
      const only = told.slice(at, at + NAMES_AT_ONCE);
      const facts = await readAccountFacts(this.#warehouse, this.#options.calendar, only);
      const lines = this.#judged.roster.tell(facts, this.#until);
      this.#late = { ...this.#late, lines: this.#late.lines + lines };
    }
  }

  async #countLate(): Promise<void> {
    const now = await countRows(this.#warehouse, this.#until);
    let rows = 0;
    for (const [day, count] of now) rows += Math.max(0, count - (this.#rows.get(day) ?? 0));
    this.#late = { ...this.#late, rows: this.#late.rows + rows };
    for (const [day, count] of this.#rows) this.#hasForgotten ||= (now.get(day) ?? 0) < count;
  }

  /** Tells the judge of keys that a second account begins to use. Their first user's party is that of the day's beginning, should it have changed. */
  async #shareKeys(span: Span): Promise<void> {
    const { judge, roster } = this.#judged;
    for (const { key, holder, since } of await this.#warehouse.rows(newlyShared, span)) {
      const hash = BigInt(holder);
      const account = roster.accounts.get(Number(hash & 0xffffffffn), Number(hash >> 32n));
      judge.share(BigInt(key), account < 0 ? -1 : roster.partyAt(account, since));
    }
  }

  /** What happened in the span to pieces that come back elsewhere; of those that do for the first time, also to whom they were issued before. */
  async #freshPieces(span: Span): Promise<readonly TimedPiece[]> {
    const rows = await this.#warehouse.rows(freshEchoes, span);
    const all = rows.map(toPiece);
    const isKnown = ({ key, account }: TimedPiece): boolean =>
      this.#presenters.get(key)?.has(account) === true;
    const asked = rows.filter((_, i) => all[i]!.presents && !isKnown(all[i]!));
    const before = new Set(await this.#presentedBefore(asked, span.from));
    const isFresh = ({ key, account }: TimedPiece, i: number): boolean =>
      !before.has(`${rows[i]!.account_hash} ${rows[i]!.piece}`) &&
      this.#presenters.get(key)?.has(account) !== true;
    const newly = new Set<bigint>();
    for (const [i, piece] of all.entries()) {
      if (!piece.presents || !isFresh(piece, i)) continue;
      if (!this.#presenters.has(piece.key)) newly.add(piece.key);
    }
    const fresh = all.filter((piece, i) => {
      if (piece.presents) return isFresh(piece, i);
      if (newly.has(piece.key)) return true;
      return this.#presenters.has(piece.key) && piece.time >= span.from;
    });
    for (const { key, account, presents } of all) {
      if (!newly.has(key) && !this.#presenters.has(key)) continue;
      const presenters = this.#presentersOf(key);
      if (presents) presenters.add(account);
    }
    return fresh;
  }

  /** Those of these who had presented their piece before, as `account piece`. */
  async #presentedBefore(
    asked: readonly { readonly account_hash: string; readonly piece: string }[],
    before: number,
  ): Promise<readonly string[]> {
    if (asked.length === 0) return [];
    const accounts = [...new Set(asked.map(({ account_hash }) => BigInt(account_hash)))];
    const pieces = [...new Set(asked.map(({ piece }) => BigInt(piece)))];
    const rows = await this.#warehouse.rows(presentedBefore, { accounts, pieces, before });
    return rows.map(({ account_hash, piece }) => `${account_hash} ${piece}`);
  }

  #presentersOf(key: bigint): Set<bigint> {
    const known = this.#presenters.get(key);
    if (known !== undefined) return known;
    const fresh = new Set<bigint>();
    this.#presenters.set(key, fresh);
    return fresh;
  }
}

async function countRows(
  warehouse: Warehouse,
  until: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await warehouse.rows(rowsBefore, { until });
  return new Map(rows.map(({ day, rows: count }) => [day, Number(count)]));
}
