import type { Calendar } from "../core/calendar.ts";
import { KEY_KINDS } from "../core/key-kind.ts";
import type { Progress } from "../core/progress.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import {
  echoes,
  sharedKeys,
  traffic,
  trafficHabits,
  wholeTraffic,
} from "../warehouse/statements.gen.ts";
import { Judge } from "./judge.ts";
import type { JudgeOptions } from "./judge-options.ts";
import type { TimedPiece } from "./piece-queue.ts";
import { readAccountFacts } from "./read-account-facts.ts";
import { Roster } from "./roster.ts";
import { adopt, readLateParts, readParents } from "./read-links.ts";
import { readTraffic, type TrafficRow } from "./traffic-row.ts";

/** A span of the traffic's time, seconds since 1970; `to` is no part of it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What judging needs beside the warehouse. */
export interface JudgeTrafficOptions {
  readonly tickSeconds: number;
  readonly q: number;
  readonly seed: number;
  readonly parameters?: JudgeOptions["parameters"];
  readonly calendar?: Calendar | undefined;
  /** Holds all traffic before its end; features must be derived up to there. */
  readonly span: Span;
  readonly exchanges: number;
  readonly progress: Progress;
  readonly onLook?: JudgeOptions["onLook"] | undefined;
  /** See `JudgeOptions`. */
  readonly everyTick?: boolean | undefined;
  /** See `JudgeOptions`. */
  readonly given?: JudgeOptions["given"];
  /** Called with every row once the judge has seen it; it is filled again for the next. */
  readonly onRow?: ((row: TrafficRow) => void) | undefined;
}

/** A judge that has seen traffic, and what it was told of it. */
export interface Judged {
  readonly judge: Judge;
  readonly roster: Roster;
  /** By number in the judge's rules. */
  readonly keyHashes: readonly bigint[];
  readonly pieces: readonly TimedPiece[];
}

/** A day, in seconds. */
export const DAY_SECONDS = 86_400;
const NO_PARENTS: ReadonlyMap<bigint, bigint> = new Map();

/** The span of whole UTC days, `YYYY-MM-DD`, the last one included. */
export function spanOfDays(first: string, last: string): Span {
  return { from: Date.parse(first) / 1000, to: Date.parse(last) / 1000 + DAY_SECONDS };
}

/** Reads all traffic before the end of the span, in order of time, through a new judge. */
export async function judgeTraffic(
  warehouse: Warehouse,
  options: JudgeTrafficOptions,
): Promise<Judged> {
  const { span, exchanges, progress, onRow, calendar } = options;
  const facts = await readAccountFacts(warehouse, calendar);
  const roster = new Roster(facts, options.seed);
  const rows = await warehouse.rows(echoes, { until: span.to });
  const pieces = rows.map(toPiece);
  const judge = new Judge({
    ...options,
    unusualDays: calendar?.unusualDays,
    roster,
    keys: await readKeys(warehouse),
  });
  judge.hearPieces(pieces);
  let done = 0;
  const report = (): void =>
    progress({ stage: "Judging", done, total: exchanges, unit: "exchanges" });
  await feedTraffic(warehouse, judge, {
    ...options,
    onRow: (row) => {
      onRow?.(row);
      done += 1;
      if (done % 2000 === 0) report();
    },
  });
  report();
  return { judge, roster, keyHashes: judge.keyHashes, pieces };
}

/** Reads a span of traffic, a day at a time, and closes its last tick. What the judge must be told of the span's keys and pieces comes first. */
export async function feedTraffic(
  warehouse: Warehouse,
  judge: Judge,
  { span, tickSeconds: tick, onRow }: Pick<JudgeTrafficOptions, "span" | "tickSeconds" | "onRow">,
): Promise<void> {
  const [habits] = await warehouse.rows(trafficHabits, span);
  const inParts = habits?.parts !== "0";
  const stateful = habits?.stateful !== "0";
  for (const part of daysOf(span)) {
    if (inParts) judge.hearLate(await readLateParts(warehouse, { ...part, tick }));
    const parents = stateful ? await readParents(warehouse, part) : NO_PARENTS;
    const rows = inParts
      ? warehouse.bytes(traffic, { ...part, tick })
      : warehouse.bytes(wholeTraffic, part);
    await readTraffic(rows, (row) => {
      if (parents.size > 0) adopt(row, parents);
      judge.see(row);
      onRow?.(row);
    });
  }
  judge.close();
}

/** A span, cut at the ends of UTC days. */
export function daysOf({ from, to }: Span): readonly Span[] {
  const days: Span[] = [];
  for (let at = from; at < to;) {
    const end = Math.min(to, (Math.floor(at / DAY_SECONDS) + 1) * DAY_SECONDS);
    days.push({ from: at, to: end });
    at = end;
  }
  return days;
}

/** What the judge is told of a piece. */
export function toPiece(row: {
  readonly time: number;
  readonly piece: string;
  readonly account_hash: string;
  readonly presents: number;
}): TimedPiece {
  return {
    time: row.time,
    key: (BigInt(row.piece) & ~15n) | BigInt(KEY_KINDS.echo),
    account: BigInt(row.account_hash),
    presents: row.presents === 1,
  };
}

/** Low and high words of the keys of exchanges that several accounts use. */
async function readKeys(warehouse: Warehouse): Promise<Uint32Array> {
  const pieces: Buffer[] = [];
  for await (const piece of warehouse.bytes(sharedKeys, {})) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(4 * i));
}
