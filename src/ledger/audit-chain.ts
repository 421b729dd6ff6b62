import { hash, sign, verify } from "node:crypto";
import type { Transaction } from "kysely";
import { canonicalJson, type Json } from "./canonical-json.ts";
import type { AuditKey } from "./audit-key.ts";
import type { LedgerKeys } from "./ledger-keys.ts";
import type { AuditRow, StoreTables } from "./tables.ts";

/** One step to be recorded. */
export interface AuditEntry {
  /** Who: `user:NAME`, or `system:PART` for what the software did by itself. */
  readonly actor: string;
  /** What, as `noun.verb`. */
  readonly action: string;
  /** To what: `case:c7`. */
  readonly object: string;
  /** The rest. Never a prompt, an answer or a secret. */
  readonly details?: Readonly<Record<string, Json | undefined>>;
}

/** The last row of a change: whoever keeps it elsewhere can tell later whether anything up to it was changed or cut off. */
export type Checkpoint = Pick<AuditRow, "sequence" | "time" | "hash"> & {
  readonly signature: string;
};

/** What the next row follows. */
export type ChainEnd = Pick<AuditRow, "sequence" | "hash">;

/** What the first row follows. */
export const NOTHING_BEFORE = "0".repeat(64);

/** Adds a change's entries to the chain, within its transaction. Undefined where there are none. */
export async function appendAudit(
  tx: Transaction<StoreTables>,
  entries: readonly AuditEntry[],
  { time, keys }: { time: string; keys: LedgerKeys },
): Promise<Checkpoint | undefined> {
  if (entries.length === 0) return undefined;
  const last = await tx
    .selectFrom("audit")
    .select(["sequence", "hash"])
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  const rows = chainRows(entries, { last, time, keys });
  for (const row of rows) await tx.insertInto("audit").values(row).execute();
  return checkpointOf(rows.at(-1));
}

/** The rows that entries become after the last one; the last of them is signed. */
export function chainRows(
  entries: readonly AuditEntry[],
  { last, time, keys }: { last: ChainEnd | undefined; time: string; keys: LedgerKeys },
): readonly AuditRow[] {
  let { sequence, hash: previous } = last ?? { sequence: 0, hash: NOTHING_BEFORE };
  return entries.map(({ actor, action, object, details = {} }, i) => {
    const said = { sequence: ++sequence, time, actor, action, object, previous };
    const row = { ...said, details: canonicalJson(details) };
    previous = auditHash(row);
    const signature = i === entries.length - 1 ? signHash(previous, keys) : null;
    return { ...row, hash: previous, signature };
  });
}

/** What a signed row says of the chain up to it. */
export function checkpointOf(row: AuditRow | undefined): Checkpoint | undefined {
  if (row === undefined || row.signature === null) return undefined;
  const { sequence, time, hash: hashText, signature } = row;
  return { sequence, time, hash: hashText, signature };
}

/** SHA-256 (hexadecimal) of a row's canonical JSON: all its fields but `hash` and `signature`, `details` as the JSON it is. */
export function auditHash(row: Omit<AuditRow, "hash" | "signature">): string {
  const { sequence, time, actor, action, object, previous } = row;
  const details = JSON.parse(row.details) as Json;
  const said = { sequence, time, actor, action, object, details, previous };
  return hash("sha256", canonicalJson(said));
}

/** What is signed: so that no signature made for this purpose fits another. */
function signedText(hashText: string): Buffer {
  return Buffer.from(`stillwatch audit\n${hashText}\n`);
}

/** `KEYID:` and the Ed25519 signature in base64. */
function signHash(hashText: string, { signing }: LedgerKeys): string {
  const made = sign(null, signedText(hashText), signing.key);
  return `${signing.id}:${made.toString("base64")}`;
}

/** What is wrong with a signature of a hash; undefined where nothing is. */
export function signatureProblem(
  hashText: string,
  signature: string,
  keys: readonly AuditKey[],
): string | undefined {
  const [id = "", made = ""] = signature.split(":");
  const known = keys.find((key) => key.id === id);
  if (known === undefined) return `is signed with the key ${id}, which is not known here`;
  return verify(null, signedText(hashText), known.key, Buffer.from(made, "base64"))
    ? undefined
    : "has a signature that doesn't fit it";
}
