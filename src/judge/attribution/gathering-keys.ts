import type { Gathering } from "../../core/assessment.ts";
import { KEY_KINDS, kindName } from "../../core/key-kind.ts";
import type { Warehouse } from "../../warehouse/open-warehouse.ts";
import type { RowOf } from "../../warehouse/statement.ts";
import { clearReported, clearReportedRules, groupKeys } from "../../warehouse/statements.gen.ts";
import type { TimedPiece } from "../piece-queue.ts";
import type { Lineage } from "../lineage.ts";
import type { Roster } from "../roster.ts";

/** What telling a group's keys needs. */
export interface GatheringKeysInput {
  readonly warehouse: Warehouse;
  readonly roster: Roster;
  /** By key number. */
  readonly keyHashes: readonly bigint[];
  readonly pieces: readonly TimedPiece[];
}

/** A group whose keys are told: the lineage, and decimal hashes of its accounts. */
export interface Gathered {
  readonly lineage: Lineage;
  readonly accounts: readonly string[];
}

/** Kinds that no exchange carries: what is said of accounts, and answers that come back. */
const APART: ReadonlySet<number> = new Set([
  KEY_KINDS.payment,
  KEY_KINDS.phone,
  KEY_KINDS.device,
  KEY_KINDS.echo,
]);

/**
 * The keys that gathered each group, in order, and how many accounts have each. It is asked last: it leaves its own
 * groups and keys in `reported` and `reported_rules`. O(accounts + pieces + the keys' pairs).
 */
export async function gatheringKeys(
  input: GatheringKeysInput,
  groups: readonly Gathered[],
): Promise<readonly Gathering[]> {
  const { keyHashes } = input;
  const rules = groups.map(({ lineage }) => lineage.follows ?? lineage);
  const keys = rules.map((rule) => [...rule.keys].map((key) => keyHashes[key] ?? 0n));
  const carried = await carriedKeys(input.warehouse, groups, keys);
  const apart = holdersApart(new Set(keys.flat().filter(isApart)), input);
  return groups.map(({ accounts }, no) => {
    const inside = new Set(accounts);
    const held = keys[no]!.map((key) => {
      const row = carried.get(`${no} ${key}`);
      const holders = [...(apart.get(key) ?? [])];
      const members = row?.members ?? holders.filter((one) => inside.has(String(one))).length;
      const others = (row?.accounts ?? holders.length) - members;
      return { kind: Number(key & 15n), members, others };
    });
    return {
      required: rules[no]!.required,
      whole: rules[no]!.whole,
      keys: held
        .filter(({ members }) => members > 0)
        .toSorted((a, b) => a.kind - b.kind || b.members - a.members || a.others - b.others)
        .map(({ kind, ...counts }) => ({ kind: kindName(kind), ...counts })),
    };
  });
}

/** Keys that exchanges carry, by group and key. */
async function carriedKeys(
  warehouse: Warehouse,
  groups: readonly Gathered[],
  keys: readonly (readonly bigint[])[],
): Promise<ReadonlyMap<string, RowOf<typeof groupKeys>>> {
  await warehouse.run(clearReported, {});
  await warehouse.run(clearReportedRules, {});
  const members = groups.flatMap(({ accounts }, group_no) =>
    accounts.map((account_hash) => ({ group_no, account_hash, detected: 0 })),
  );
  await warehouse.insert("reported", members);
  const rules = keys.map((own, group_no) => ({
    group_no,
    rule: 0,
    required: 1,
    keys: own.map(String),
  }));
  await warehouse.insert("reported_rules", rules);
  const rows = await warehouse.rows(groupKeys, {});
  return new Map(rows.map((row) => [`${row.group_no} ${row.key}`, row]));
}

/** Hashes of the accounts that have each of these keys, which no exchange carries. */
function holdersApart(
  asked: ReadonlySet<bigint>,
  { roster, pieces }: GatheringKeysInput,
): ReadonlyMap<bigint, ReadonlySet<bigint>> {
  const holders = new Map([...asked].map((key) => [key, new Set<bigint>()]));
  if (asked.size === 0) return holders;
  for (const [account, hash] of roster.hashes.entries()) {
    for (const { key } of roster.facts(account)?.identity ?? []) holders.get(key)?.add(hash);
  }
  for (const { key, account } of pieces) holders.get(key)?.add(account);
  return holders;
}

function isApart(key: bigint): boolean {
  return APART.has(Number(key & 15n));
}
