import { hash } from "node:crypto";
import type { Group } from "../core/assessment.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";
import { assertHeld, type Lease } from "./lease.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import { pieces } from "./pieces.ts";
import { caseMembers } from "./read-cases.ts";
import { UNMEASURED } from "./review/unmeasured.ts";
import type { CaseMemberRow, CaseRow } from "./tables.ts";

/** What became of the flagged groups: numbers of cases. */
export interface OpenedCases {
  /** Of groups that had none. Their evidence is to be preserved now. */
  readonly opened: readonly { readonly number: number; readonly group: Group }[];
  readonly updated: readonly number[];
  /** Explained or overturned once, and shown by more evidence now than was foreseen then. */
  readonly reopened: readonly number[];
}

const ACTOR = "system:judge";
/** The share of all accounts of two sets that must be in both for them to be one group through time. */
const SAME = 0.5;

/**
 * Opens a case for each flagged group that has none, and brings the others' up to date; the same groups again change
 * nothing. A group's case is that of its lineage. Lineages are numbered anew where a judge begins anew, so a case goes by
 * its accounts where they say otherwise. With a lease, only its holder changes anything (SW_LEASE_LOST).
 */
export function openCases(
  ledger: Ledger,
  groups: readonly Group[],
  lease?: Lease,
): Promise<OpenedCases> {
  return ledger.change(async (change) => {
    if (lease !== undefined) await assertHeld(change.tx, lease);
    const flagged = groups.filter(
      ({ assessment }) => assessment === "campaign" || assessment === "relay",
    );
    const cases = await casesOf(change, flagged);
    const said = { opened: [], updated: [], reopened: [] } as {
      -readonly [K in keyof OpenedCases]: OpenedCases[K][number][];
    };
    for (const group of flagged) {
      const known = cases.get(group);
      if (known === undefined) said.opened.push({ number: await openCase(change, group), group });
      else {
        const became = await updateCase(change, known, group);
        if (became !== "same") said.updated.push(known.number);
        if (became === "reopened") said.reopened.push(known.number);
      }
    }
    return said;
  });
}

/** The number of a flagged group's case, opened now where it had none. */
export async function openCaseFor(ledger: Ledger, group: Group, lease?: Lease): Promise<number> {
  const { opened } = await openCases(ledger, [group], lease);
  if (opened[0] !== undefined) return opened[0].number;
  const found = await ledger.read((store) =>
    store
      .selectFrom("cases")
      .select("number")
      .where("lineage", "=", group.lineage)
      .orderBy("number", "desc")
      .executeTakeFirst(),
  );
  return found!.number;
}

/** Which case each group has: first by lineage and an account in common, then by most accounts in common. */
async function casesOf(
  { tx }: Change,
  groups: readonly Group[],
): Promise<ReadonlyMap<Group, CaseRow>> {
  const cases = await tx.selectFrom("cases").selectAll().where("forgotten", "is", null).execute();
  const free = new Map(cases.map((row) => [row.number, row]));
  const shared = new Map<Group, ReadonlyMap<number, number>>();
  for (const group of groups) shared.set(group, await sharedAccounts(tx, group));
  const found = new Map<Group, CaseRow>();
  const take = (group: Group, row: CaseRow | undefined): void => {
    if (row === undefined) return;
    found.set(group, row);
    free.delete(row.number);
  };
  for (const group of groups) {
    const same = [...free.values()].filter(({ lineage }) => lineage === group.lineage);
    take(
      group,
      same.find(({ number }) => (shared.get(group)?.get(number) ?? 0) > 0),
    );
  }
  for (const group of groups) {
    if (found.has(group)) continue;
    const likeness = (row: CaseRow): number => {
      const common = shared.get(group)?.get(row.number) ?? 0;
      return common / (group.accounts.length + row.accounts - common);
    };
    const [best] = [...free.values()].toSorted((a, b) => likeness(b) - likeness(a));
    take(group, best !== undefined && likeness(best) >= SAME ? best : undefined);
  }
  return found;
}

/** By case: how many of a group's accounts are its members now. */
async function sharedAccounts(
  tx: Change["tx"],
  group: Group,
): Promise<ReadonlyMap<number, number>> {
  const shared = new Map<number, number>();
  for (const accounts of pieces(group.accounts)) {
    const rows = await tx
      .selectFrom("case_members")
      .select((of) => ["case_number", of.fn.countAll<number>().as("common")])
      .where("account", "in", accounts)
      .where("left_at", "is", null)
      .groupBy("case_number")
      .execute();
    for (const { case_number, common } of rows)
      shared.set(case_number, (shared.get(case_number) ?? 0) + common);
  }
  return shared;
}

async function openCase(change: Change, group: Group): Promise<number> {
  const { tx, time, record } = change;
  const last = await tx
    .selectFrom("cases")
    .select((of) => of.fn.max("number").as("n"))
    .executeTakeFirst();
  const number = (last?.n ?? 0) + 1;
  const nothing = {
    closed: null,
    explained_as: null,
    reopen_bits: null,
    held: null,
    forgotten: null,
  };
  const row: CaseRow = {
    number,
    state: "suspected",
    opened: time,
    updated: time,
    ...nothing,
    ...factsOf(group),
  };
  await tx.insertInto("cases").values(row).execute();
  await writeMembers(change, number, group);
  record({
    actor: ACTOR,
    action: "case.opened",
    object: `case:c${number}`,
    details: summaryOf(group),
  });
  return number;
}

async function updateCase(
  change: Change,
  known: CaseRow,
  group: Group,
): Promise<"same" | "updated" | "reopened"> {
  const { tx, time, record } = change;
  const facts = factsOf(group);
  if (facts.group_sha256 === known.group_sha256 && facts.lineage === known.lineage) return "same";
  const object = `case:c${known.number}`;
  const returns =
    (known.state === "explained" || known.state === "overturned") &&
    known.reopen_bits !== null &&
    facts.bits >= known.reopen_bits;
  const state = returns ? ({ state: "suspected", closed: null } as const) : {};
  await tx
    .updateTable("cases")
    .set({ ...facts, ...state, updated: time })
    .where("number", "=", known.number)
    .execute();
  await writeMembers(change, known.number, group);
  record({ actor: ACTOR, action: "case.updated", object, details: summaryOf(group) });
  if (!returns) return "updated";
  const details = { bits: facts.bits, foreseen_bits: known.reopen_bits };
  record({ actor: ACTOR, action: "case.reopened", object, details });
  return "reopened";
}

type Facts = Pick<
  CaseRow,
  "lineage" | "assessment" | "accounts" | "exchanges" | "bits" | "group_json" | "group_sha256"
>;

function factsOf(group: Group): Facts {
  // Through JSON first: what has no JSON, such as an infinite value, becomes null there and nowhere else.
  const text = canonicalJson(JSON.parse(JSON.stringify(group)) as Json);
  return {
    lineage: group.lineage,
    assessment: group.assessment,
    accounts: group.accounts.length,
    exchanges: group.exchanges,
    bits: Math.min(group.coordination_bits, group.harvest_bits),
    group_json: text,
    group_sha256: hash("sha256", text),
  };
}

/** What the audit says of a group; its hash vouches for the rest. */
function summaryOf(group: Group): Readonly<Record<string, Json>> {
  const { lineage, assessment, exchanges, coordination_bits, harvest_bits, q_value } = group;
  const { group_sha256 } = factsOf(group);
  const accounts = group.accounts.length;
  return {
    lineage,
    assessment,
    accounts,
    exchanges,
    coordination_bits,
    harvest_bits,
    q_value,
    group_sha256,
  };
}

async function writeMembers({ tx, time }: Change, number: number, group: Group): Promise<void> {
  const before = await caseMembers(tx, number).where("left_at", "is", null).execute();
  const now = new Set(group.members.map(({ account }) => account));
  const gone = before.filter(({ account }) => !now.has(account));
  for (const some of pieces(gone)) {
    await tx
      .updateTable("case_members")
      .set({ left_at: time })
      .where("case_number", "=", number)
      .where(
        "account",
        "in",
        some.map(({ account }) => account),
      )
      .execute();
  }
  const rows = group.members.map(({ account, role, share, exchanges }): CaseMemberRow => {
    const standing = { joined: time, left_at: null, ...UNMEASURED };
    return { case_number: number, account, role, share, exchanges, ...standing };
  });
  for (const some of pieces(rows)) {
    await tx
      .insertInto("case_members")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["case_number", "account"]).doUpdateSet((of) => ({
          role: of.ref("excluded.role"),
          share: of.ref("excluded.share"),
          exchanges: of.ref("excluded.exchanges"),
          left_at: null,
        })),
      )
      .execute();
  }
}
