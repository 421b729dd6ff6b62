import { arrivalWeightBits } from "../../stats/online-ebh.ts";
import type { RowOf } from "../../warehouse/statement.ts";
import type { accountFacts } from "../../warehouse/statements.gen.ts";
import type { SignalParameters } from "../configuration.ts";
import { HashIndex } from "../hash-index.ts";
import { Judge } from "../judge.ts";
import type { Lineage } from "../lineage.ts";
import { Roster } from "../roster.ts";
import type { TrafficRow } from "../traffic-row.ts";

/** The traffic that operations are planted in, and how it is judged. */
export interface Ground {
  readonly rows: readonly TrafficRow[];
  /** Low and high words of the keys that several of its accounts use. */
  readonly keys: Uint32Array;
  readonly facts: readonly RowOf<typeof accountFacts>[];
  readonly tickSeconds: number;
  readonly q: number;
  readonly seed: number;
  readonly parameters?: SignalParameters | undefined;
  /** How many hypotheses the scan of all traffic has tried. */
  readonly hypotheses: number;
}

/** Share of a group's accounts that must be the operation's, and of the operation's that must be in the group. */
const FOUND_SHARE = 0.5;

/**
 * Judges the ground with an operation in it as a scan does, and says whether a group is flagged that is mostly the
 * operation. It must also pass the threshold of whatever a scan of all traffic would try next: that a sample tries fewer
 * hypotheses makes nothing easier. Answers that come back elsewhere are left out: the operation has none.
 */
export function tryOperation(ground: Ground, planted: readonly TrafficRow[]): boolean {
  const { rows, q, seed, hypotheses } = ground;
  const roster = new Roster(ground.facts, seed);
  const keys = joined([ground.keys, sharedKeysOf(planted)]);
  const judge = new Judge({ ...ground, roster, keys });
  for (const row of inOrder(rows, planted)) judge.see(row);
  judge.closeTick();
  const operated = new Set(planted.map(accountOf));
  return judge.lineages.some((lineage) => {
    if (lineage.flaggedAt === 0 || !isMostly(lineage, operated, roster)) return false;
    const bits = Math.min(lineage.coordinationBits ?? 0, lineage.harvestBits ?? 0);
    return bits + arrivalWeightBits(Math.max(lineage.rank, hypotheses + 1)) >= -Math.log2(q);
  });
}

/** Low and high words of the keys that at least two accounts of the rows use. O(keys). */
export function sharedKeysOf(rows: readonly TrafficRow[]): Uint32Array {
  const accounts = new HashIndex();
  const keys = new HashIndex(1 << 16);
  const SEVERAL = -1;
  const users: number[] = [];
  const shared: number[] = [];
  for (const row of rows) {
    const account = accounts.add(row.accountLow, row.accountHigh);
    for (let i = 0; i < row.keyCount; i++) {
      const [low, high] = [row.keys[2 * i]!, row.keys[2 * i + 1]!];
      const key = keys.add(low, high);
      const user = (users[key] ??= account);
      if (user === account || user === SEVERAL) continue;
      users[key] = SEVERAL;
      shared.push(low, high);
    }
  }
  return Uint32Array.from(shared);
}

/** The hash of a row's account. */
export function accountOf({ accountLow, accountHigh }: TrafficRow): bigint {
  return (BigInt(accountHigh) << 32n) | BigInt(accountLow);
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function* inOrder(
  rows: readonly TrafficRow[],
  planted: readonly TrafficRow[],
): Generator<TrafficRow> {
  let next = 0;
  for (const row of rows) {
    for (; next < planted.length && planted[next]!.time < row.time; next++) yield planted[next]!;
    yield row;
  }
  yield* planted.slice(next);
}

function isMostly(
  { accounts }: Lineage,
  operated: ReadonlySet<bigint>,
  { hashes }: Roster,
): boolean {
  let own = 0;
  for (const account of accounts.keys()) if (operated.has(hashes[account]!)) own += 1;
  return own >= FOUND_SHARE * accounts.size && own >= FOUND_SHARE * operated.size;
}
