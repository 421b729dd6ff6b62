import { KEY_KINDS } from "../core/key-kind.ts";
import type { Progress } from "../core/progress.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import {
  accountFacts,
  echoes,
  sharedKeys,
  traffic,
  trafficHabits,
} from "../warehouse/statements.gen.ts";
import { HashIndex } from "./hash-index.ts";
import { Judge, type JudgeOptions, type TimedPiece } from "./judge.ts";
import { Roster } from "./roster.ts";
import { adopt, readLateParts, readParents } from "./read-links.ts";
import { readTraffic, type TrafficRow } from "./traffic-row.ts";

/** What judging needs beside the warehouse. */
export interface JudgeTrafficOptions {
  readonly tickSeconds: number;
  readonly q: number;
  readonly seed: number;
  readonly parameters?: JudgeOptions["parameters"];
  /** First and last UTC day with traffic, `YYYY-MM-DD`. */
  readonly days: { readonly first: string; readonly last: string };
  readonly exchanges: number;
  readonly progress: Progress;
  readonly onLook?: JudgeOptions["onLook"] | undefined;
  /** See `JudgeOptions`. */
  readonly everyTick?: boolean | undefined;
  /** Called with every row once the judge has seen it; it is filled again for the next. */
  readonly onRow?: ((row: TrafficRow) => void) | undefined;
}

const DAY_MILLISECONDS = 86_400_000;
const NO_PARENTS: ReadonlyMap<bigint, bigint> = new Map();

/** Reads all traffic in order of time, a day at a time, through a judge. */
export async function judgeTraffic(
  warehouse: Warehouse,
  options: JudgeTrafficOptions,
): Promise<{
  readonly judge: Judge;
  readonly roster: Roster;
  readonly keyHashes: readonly bigint[];
  readonly pieces: readonly TimedPiece[];
}> {
  const { keys, hashes } = await readKeys(warehouse);
  const roster = new Roster(await warehouse.rows(accountFacts, {}), options.seed);
  for (const key of roster.sharedIdentityKeys()) number(keys, hashes, key);
  const pieces = await readPieces(warehouse, keys, hashes);
  const judge = new Judge({ ...options, roster, keys, pieces });
  const [habits] = await warehouse.rows(trafficHabits, {});
  const inParts = habits?.parts !== "0";
  const stateful = habits?.stateful !== "0";
  let done = 0;
  const report = (): void =>
    options.progress({ stage: "Judging", done, total: options.exchanges, unit: "exchanges" });
  const last = Date.parse(options.days.last);
  for (let day = Date.parse(options.days.first); day <= last; day += DAY_MILLISECONDS) {
    const span = { from: dayOf(day), to: dayOf(day + DAY_MILLISECONDS) };
    const tick = options.tickSeconds;
    if (inParts) judge.hearLate(await readLateParts(warehouse, { ...span, tick }));
    const parents = stateful ? await readParents(warehouse, span) : NO_PARENTS;
    await readTraffic(warehouse.bytes(traffic, { ...span, tick }), (row) => {
      if (parents.size > 0) adopt(row, parents);
      judge.see(row);
      options.onRow?.(row);
      done += 1;
      if (done % 2000 === 0) report();
    });
  }
  judge.closeTick();
  report();
  return { judge, roster, keyHashes: hashes, pieces };
}

async function readKeys(warehouse: Warehouse): Promise<{ keys: HashIndex; hashes: bigint[] }> {
  const keys = new HashIndex(1 << 16);
  const hashes: bigint[] = [];
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of warehouse.bytes(sharedKeys, {})) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const whole = bytes.length - (bytes.length % 8);
    for (let at = 0; at < whole; at += 8) {
      keys.add(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4));
      hashes.push(bytes.readBigUInt64LE(at));
    }
    rest = bytes.subarray(whole);
  }
  return { keys, hashes };
}

async function readPieces(
  warehouse: Warehouse,
  keys: HashIndex,
  hashes: bigint[],
): Promise<readonly TimedPiece[]> {
  const rows = await warehouse.rows(echoes, {});
  return rows.map((row) => ({
    time: row.time,
    key: number(keys, hashes, (BigInt(row.piece) & ~15n) | BigInt(KEY_KINDS.echo)),
    account: BigInt(row.account_hash),
    presents: row.presents === 1,
  }));
}

function number(keys: HashIndex, hashes: bigint[], key: bigint): number {
  const at = keys.add(Number(key & 0xffffffffn), Number(key >> 32n));
  if (at === hashes.length) hashes.push(key);
  return at;
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
