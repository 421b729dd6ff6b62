import type { Kysely } from "kysely";
import { StillwatchError } from "../core/errors.ts";
import type { Json } from "./canonical-json.ts";
import {
  evidenceDigest,
  newEvidenceKey,
  openEvidence,
  sealEvidence,
  unwrapEvidenceKey,
} from "./evidence-seal.ts";
import type { PreservedExchange } from "./gather-evidence.ts";
import type { Ledger } from "./open-ledger.ts";
import { pieces } from "./pieces.ts";
import { caseToChange } from "./read-cases.ts";
import type { EvidenceKeyRow, EvidenceRow, LedgerTables } from "./tables.ts";
import { assertMay } from "./users.ts";

/** Open cases that no evidence was preserved for yet. */
export function casesWithoutEvidence(
  ledger: Ledger,
): Promise<readonly { readonly number: number; readonly lineage: string }[]> {
  return ledger.read((store) =>
    store
      .selectFrom("cases")
      .leftJoin("evidence", "evidence.case_number", "cases.number")
      .select(["cases.number", "cases.lineage"])
      .where("cases.closed", "is", null)
      .where("cases.forgotten", "is", null)
      .where("evidence.number", "is", null)
      .orderBy("cases.number")
      .execute(),
  );
}

/**
 * Copies exchanges into a case, each encrypted under the key of its account in this case, and hashes all of them into the
 * audit. A case that has evidence keeps what it has. Answers how many were copied. Throws SW_CASE_UNKNOWN.
 */
export function preserveEvidence(
  ledger: Ledger,
  number: number,
  exchanges: readonly PreservedExchange[],
): Promise<number> {
  return ledger.change(async (change) => {
    const { tx, record } = change;
    await caseToChange(change, number);
    const before = await tx
      .selectFrom("evidence")
      .select("number")
      .where("case_number", "=", number)
      .executeTakeFirst();
    if (before !== undefined || exchanges.length === 0) return 0;
    const keys = new Map<string, ReturnType<typeof newEvidenceKey>>();
    const rows = exchanges.map(({ account, exchange, time, cited, content }, i): EvidenceRow => {
      const known = keys.get(account) ?? newEvidenceKey(ledger.keys.wrapping, { number, account });
      keys.set(account, known);
      const box = sealEvidence(content, known.key, { number, account, exchange });
      const at = { case_number: number, number: i + 1, account, exchange, time };
      return { ...at, cited: cited ? 1 : 0, ...box };
    });
    const wrapped = [...keys].map(([account, key]): EvidenceKeyRow => {
      return { case_number: number, account, wrapped: key.wrapped };
    });
    for (const some of pieces(rows)) await tx.insertInto("evidence").values(some).execute();
    for (const some of pieces(wrapped)) await tx.insertInto("evidence_keys").values(some).execute();
    const details = {
      exchanges: rows.length,
      cited: exchanges.filter(({ cited }) => cited).length,
      with_text: exchanges.filter(({ withText }) => withText).length,
      accounts: wrapped.length,
      sha256: evidenceDigest(rows),
    };
    record({
      actor: "system:ledger",
      action: "evidence.preserved",
      object: `case:c${number}`,
      details,
    });
    return rows.length;
  });
}

/** What a case preserved, without content. `readable` is false once it was erased. */
export interface EvidenceEntry {
  readonly exchange: string;
  readonly account: string;
  readonly time: string;
  readonly cited: boolean;
  readonly readable: boolean;
}

/** What a case preserved, in order. */
export function readEvidence(ledger: Ledger, number: number): Promise<readonly EvidenceEntry[]> {
  return ledger.read((store) => readEvidenceIn(store, number));
}

/** The same, within a reading or a change. */
export async function readEvidenceIn(
  store: Kysely<LedgerTables>,
  number: number,
): Promise<readonly EvidenceEntry[]> {
  const rows = await store
    .selectFrom("evidence")
    .select((of) => [
      "exchange",
      "account",
      "time",
      "cited",
      of.eb("sealed", "is not", null).as("readable"),
    ])
    .where("case_number", "=", number)
    .orderBy("number")
    .execute();
  return rows.map((row) => ({ ...row, cited: row.cited === 1, readable: Boolean(row.readable) }));
}

/** A look at one preserved exchange. */
export interface Reveal {
  readonly number: number;
  readonly exchange: string;
  readonly by: string;
  readonly reason: string;
  /** ISO 8601: when whoever was shown it must have dropped it; within a day. Absent where it is only printed. */
  readonly expires?: string;
}

const DAY_MS = 86_400_000;

/** One preserved exchange, for a person who says why; that it was looked at is in the audit before it is answered. Throws SW_CASE_UNKNOWN, SW_EVIDENCE_UNKNOWN, SW_EVIDENCE_ALTERED, SW_USER_REFUSED, SW_ASKED_INVALID. */
export function revealEvidence(ledger: Ledger, wanted: Reveal): Promise<Json> {
  const { number, exchange, by, reason, expires } = wanted;
  return ledger.change(async (change) => {
    const { tx, time, record } = change;
    const actor = await assertMay(change, by, "reveal");
    const left = expires === undefined ? DAY_MS : Date.parse(expires) - Date.parse(time);
    if (!(left > 0 && left <= DAY_MS)) {
      const within = { where: "expires", reason: "give a time within the next 24 hours" };
      throw new StillwatchError("SW_ASKED_INVALID", within);
    }
    await caseToChange(change, number);
    const row = await tx
      .selectFrom("evidence")
      .innerJoin("evidence_keys", (join) =>
        join
          .onRef("evidence_keys.case_number", "=", "evidence.case_number")
          .onRef("evidence_keys.account", "=", "evidence.account"),
      )
      .select(["evidence.account", "evidence.sealed", "evidence_keys.wrapped"])
      .where("evidence.case_number", "=", number)
      .where("evidence.exchange", "=", exchange)
      .executeTakeFirst();
    const name = { exchange, id: `c${number}` };
    if (row === undefined || row.sealed === null)
      throw new StillwatchError("SW_EVIDENCE_UNKNOWN", name);
    const { account } = row;
    const key = unwrapEvidenceKey(ledger.keys.wrapping, { number, account }, row.wrapped);
    const content = key && openEvidence(row.sealed, key, { number, account, exchange });
    if (content === undefined) throw new StillwatchError("SW_EVIDENCE_ALTERED", name);
    record({
      actor,
      action: "evidence.viewed",
      object: `case:c${number}`,
      details: { exchange, account, reason, ...(expires === undefined ? {} : { expires }) },
    });
    return content;
  });
}
