import type { Operator } from "../../core/assessment.ts";
import { exchangesOf, type GroupTraffic, type MemberRow } from "./member-traffic.ts";
import { timeOf } from "./time-of.ts";

/** Rules and operators below this share of the group's work are parts of others, or chance. */
const LEAST_WORK = 0.05;
/** A rule most of whose exchanges meet smaller ones is a mixture of them; one most of which is in a larger rule is a part of it. */
const MOSTLY = 0.5;
/** Accounts without one of two works that one dispatcher leaves by chance, times, and as a share of all. */
const BY_CHANCE = 2;
const SPARED = 0.2;
/** Share of the accounts expected in common, had two operators taken theirs independently, that they must have. */
const OVERLAPPING = 0.25;
const LEAST_ACCOUNTS = 3;
/** An account serves an operator from this many exchanges, and this share of what its median account sends. */
const LEAST_EXCHANGES = 2;

/** One work, or several that are dealt alike. */
interface Part {
  readonly rules: number;
  readonly rows: readonly MemberRow[];
  /** Exchanges by account hash. */
  readonly accounts: ReadonlyMap<string, number>;
}

/**
 * Several operators in one pool, told apart by their work. One dispatcher deals all its work to whichever account is
 * free, so that every account has some of each; operators who take accounts of a seller's pool overlap by chance. Works
 * that divide the accounts between them may be one dispatcher's, by dialect or topic, and are not told apart. Empty where one is all that can be told. O(rows × rules²).
 */
export function operatorsOf(id: string, { members, serving }: GroupTraffic): readonly Operator[] {
  const rows = members.flatMap((member) => member.rows).filter(({ rules }) => rules & serving);
  const least = LEAST_WORK * exchangesOf(rows);
  const works = distinctWorks(rows, serving, least).map((work) => partOf([work], rows));
  const alike = (a: Part, b: Part): boolean => dealtAlike(a, b, members.length);
  const parts = gather(works, alike).filter(
    (part) => exchangesOf(part.rows) >= least && part.accounts.size >= LEAST_ACCOUNTS,
  );
  if (parts.length < 2) return [];
  const names = new Map(members.map(({ hash, name }) => [hash, name]));
  return parts
    .toSorted((a, b) => exchangesOf(b.rows) - exchangesOf(a.rows))
    .map((part, i) => ({
      id: `${id}.${i + 1}`,
      accounts: [...part.accounts]
        .filter(([, n]) => n >= LEAST_EXCHANGES)
        .map(([hash]) => names.get(hash) ?? hash)
        .toSorted(),
      exchanges: exchangesOf(part.rows),
      first_seen: timeOf(Math.min(...part.rows.map(({ first }) => first))),
      last_seen: timeOf(Math.max(...part.rows.map(({ last }) => last))),
    }));
}

/** Rules as sets of bits: those that are parts of each other together, mixtures of smaller ones left out. Smallest first. */
function distinctWorks(rows: readonly MemberRow[], serving: number, least: number): number[] {
  const meeting = (rules: number): MemberRow[] => rows.filter((row) => (row.rules & rules) !== 0);
  const bits = Array.from({ length: 32 }, (_, i) => (1 << i) >>> 0).filter((bit) => bit & serving);
  const sizes = new Map(bits.map((bit) => [bit, exchangesOf(meeting(bit))]));
  const kept: number[] = [];
  for (const bit of bits.toSorted((a, b) => sizes.get(a)! - sizes.get(b)!)) {
    const size = sizes.get(bit)!;
    if (size < least) continue;
    const smaller = kept.reduce((all, work) => all | work, 0);
    const common = exchangesOf(meeting(bit).filter((row) => (row.rules & smaller) !== 0));
    if (common >= MOSTLY * size) continue;
    const inside = kept.filter((work) => {
      const part = meeting(work);
      return (
        exchangesOf(part.filter((row) => (row.rules & bit) !== 0)) >= MOSTLY * exchangesOf(part)
      );
    });
    for (const work of inside) kept.splice(kept.indexOf(work), 1);
    kept.push(inside.reduce((all, work) => all | work, bit) >>> 0);
  }
  return kept;
}

/** The exchanges of a set of rules, each counted where it meets one of them. */
function partOf(works: readonly number[], rows: readonly MemberRow[]): Part {
  const rules = works.reduce((all, work) => all | work, 0);
  const own = rows.filter((row) => (row.rules & rules) !== 0);
  const accounts = new Map<string, number>();
  for (const { account_hash, exchanges } of own) {
    accounts.set(account_hash, (accounts.get(account_hash) ?? 0) + Number(exchanges));
  }
  return { rules, rows: own, accounts };
}

/**
 * True where two works may be one dispatcher's: it deals both to whichever account is free, and leaves as many accounts
 * without one of them by chance; or it divides the accounts between them.
 */
function dealtAlike(a: Part, b: Part, pool: number): boolean {
  const all = new Set([...a.accounts.keys(), ...b.accounts.keys()]);
  const total = exchangesOf(a.rows) + exchangesOf(b.rows);
  const share = total === 0 ? 0 : exchangesOf(a.rows) / total;
  let [without, expected] = [0, 0];
  for (const account of all) {
    const [ofA, ofB] = [a.accounts.get(account) ?? 0, b.accounts.get(account) ?? 0];
    if (ofA === 0 || ofB === 0) without += 1;
    expected += share ** (ofA + ofB) + (1 - share) ** (ofA + ofB);
  }
  const common = a.accounts.size + b.accounts.size - all.size;
  return (
    without <= BY_CHANCE * expected + SPARED * all.size ||
    common < (OVERLAPPING * a.accounts.size * b.accounts.size) / pool
  );
}

/** Joins parts that are alike, however indirectly. */
function gather(parts: readonly Part[], alike: (a: Part, b: Part) => boolean): Part[] {
  const groups: Part[][] = [];
  for (const part of parts) {
    const near = groups.filter((group) => group.some((other) => alike(other, part)));
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push([...near.flat(), part]);
  }
  return groups.map((group) =>
    partOf(
      group.map(({ rules }) => rules),
      [...new Set(group.flatMap(({ rows }) => rows))],
    ),
  );
}
