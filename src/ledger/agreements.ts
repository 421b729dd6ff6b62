import type { Kysely } from "kysely";
import type { Agreement } from "../core/agreement.ts";
import { StillwatchError } from "../core/errors.ts";
import type { Change, Ledger } from "./open-ledger.ts";
import type { AgreementRow, LedgerTables } from "./tables.ts";
import { assertMay } from "./users.ts";

/** An agreement as it is registered. */
export interface RegisteredAgreement {
  readonly agreement: Agreement;
  readonly version: number;
  /** When it was ended before its term; null where it was not. */
  readonly ended: string | null;
  readonly recorded: string;
  readonly recordedBy: string;
}

/** Who changes the register, and why. A machine is named by its token, and may do what the token may. */
export interface RegisterEntry {
  readonly by: string;
  readonly machine?: boolean;
  readonly reason: string;
}

/**
 * Registers an agreement, or with `replaces` a new version of one, which counts from then on for all of its term; earlier
 * versions stay as they are. Answers the version. Throws SW_AGREEMENT_KNOWN, SW_AGREEMENT_UNKNOWN, SW_USER_REFUSED.
 */
export function recordAgreement(
  ledger: Ledger,
  agreement: Agreement,
  entry: RegisterEntry & { readonly replaces: boolean },
): Promise<number> {
  return ledger.change(async (change) => {
    const actor = await actorOf(change, entry);
    const { id } = agreement;
    const last = await newest(change, id);
    if (last === undefined && entry.replaces)
      throw new StillwatchError("SW_AGREEMENT_UNKNOWN", { id });
    if (last !== undefined && !entry.replaces)
      throw new StillwatchError("SW_AGREEMENT_KNOWN", { id, version: last.version });
    return write(change, agreement, { ...entry, actor, version: (last?.version ?? 0) + 1 });
  });
}

/** How an import went: agreements that were new, that became a new version, and that were there as they are. */
export interface ImportedAgreements {
  readonly added: number;
  readonly replaced: number;
  readonly same: number;
}

/** Registers several agreements, all or none. Throws SW_AGREEMENT_KNOWN for one that is there and differs, unless `replaces`; SW_USER_REFUSED. */
export function importAgreements(
  ledger: Ledger,
  agreements: readonly Agreement[],
  entry: RegisterEntry & { readonly replaces: boolean },
): Promise<ImportedAgreements> {
  return ledger.change(async (change) => {
    const actor = await actorOf(change, entry);
    const counts = { added: 0, replaced: 0, same: 0 };
    for (const agreement of agreements) {
      const { id } = agreement;
      const last = await newest(change, id);
      if (last !== undefined && isSame(last, agreement)) {
        counts.same++;
        continue;
      }
      if (last !== undefined && !entry.replaces)
        throw new StillwatchError("SW_AGREEMENT_KNOWN", { id, version: last.version });
      counts[last === undefined ? "added" : "replaced"]++;
      await write(change, agreement, { ...entry, actor, version: (last?.version ?? 0) + 1 });
    }
    return counts;
  });
}

/** Ends an agreement now, as a version of its own: what is used from now on is not covered. Answers the version. Throws SW_AGREEMENT_UNKNOWN, SW_AGREEMENT_ENDED, SW_USER_REFUSED. */
export function endAgreement(ledger: Ledger, id: string, entry: RegisterEntry): Promise<number> {
  return ledger.change(async (change) => {
    const actor = await actorOf(change, entry);
    const last = await newest(change, id);
    if (last === undefined) throw new StillwatchError("SW_AGREEMENT_UNKNOWN", { id });
    const over = last.ended ?? (last.holds_until <= change.time ? last.holds_until : undefined);
    if (over !== undefined) throw new StillwatchError("SW_AGREEMENT_ENDED", { id, ended: over });
    const { time, tx, record } = change;
    const version = last.version + 1;
    const row = { ...last, version, ended: time, recorded: time, recorded_by: entry.by };
    await tx.insertInto("agreements").values(row).execute();
    const details = { version, reason: entry.reason };
    record({ actor, action: "agreement.ended", object: `agreement:${id}`, details });
    return version;
  });
}

/** The newest version of every agreement, by id. */
export async function readAgreements(ledger: Ledger): Promise<readonly RegisteredAgreement[]> {
  const rows = await ledger.read(allVersions);
  const newestOf = new Map(rows.map((row) => [row.id, row]));
  return [...newestOf.values()].map(registered);
}

/** All versions of an agreement, the first one first. Throws SW_AGREEMENT_UNKNOWN. */
export async function readAgreement(
  ledger: Ledger,
  id: string,
): Promise<readonly RegisteredAgreement[]> {
  const rows = (await ledger.read(allVersions)).filter((row) => row.id === id);
  if (rows.length === 0) throw new StillwatchError("SW_AGREEMENT_UNKNOWN", { id });
  return rows.map(registered);
}

/** What the register says to the judge: each agreement's newest version, until it was ended. */
export async function agreementsHeld(ledger: Ledger): Promise<readonly Agreement[]> {
  return (await readAgreements(ledger)).flatMap((one) => {
    const agreement = held(one);
    return agreement.from < agreement.until ? [agreement] : [];
  });
}

/** An agreement with the term that it really had. */
export function held({ agreement, ended }: RegisteredAgreement): Agreement {
  return ended === null || ended >= agreement.until ? agreement : { ...agreement, until: ended };
}

async function write(
  { tx, time, record }: Change,
  agreement: Agreement,
  entry: RegisterEntry & { readonly actor: string; readonly version: number },
): Promise<number> {
  const { actor, version, by, reason } = entry;
  const row = { ...rowOf(agreement), version, recorded: time, recorded_by: by, ended: null };
  await tx.insertInto("agreements").values(row).execute();
  const { id, budget, ...terms } = agreement;
  const details = { version, reason, ...terms, ...(budget && { budget: { ...budget } }) };
  record({ actor, action: "agreement.recorded", object: `agreement:${id}`, details });
  return version;
}

function isSame({ ended, ...last }: AgreementRow, agreement: Agreement): boolean {
  const row: Record<string, unknown> = rowOf(agreement);
  return (
    ended === null &&
    Object.entries(row).every(([name, value]) => value === last[name as keyof typeof last])
  );
}

async function actorOf(change: Change, { by, machine }: RegisterEntry): Promise<string> {
  return machine === true ? `token:${by}` : assertMay(change, by, "agree");
}

function allVersions(store: Kysely<LedgerTables>): Promise<AgreementRow[]> {
  return store.selectFrom("agreements").selectAll().orderBy("id").orderBy("version").execute();
}

function newest({ tx }: Change, id: string): Promise<AgreementRow | undefined> {
  return tx
    .selectFrom("agreements")
    .selectAll()
    .where("id", "=", id)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
}

function rowOf(
  agreement: Agreement,
): Omit<AgreementRow, "version" | "ended" | "recorded" | "recorded_by"> {
  const { id, customer, purpose, budget, document, document_sha256 } = agreement;
  return {
    id,
    customer,
    purpose,
    organizations: JSON.stringify(agreement.organizations),
    accounts: JSON.stringify(agreement.accounts),
    models: JSON.stringify(agreement.models),
    exchanges: budget?.exchanges ?? null,
    output_tokens: budget?.output_tokens ?? null,
    holds_from: agreement.from,
    holds_until: agreement.until,
    document: document ?? null,
    document_sha256: document_sha256 ?? null,
  };
}

function registered(row: AgreementRow): RegisteredAgreement {
  const { id, customer, purpose, exchanges, output_tokens, document, document_sha256 } = row;
  const budget = {
    ...(exchanges === null ? {} : { exchanges }),
    ...(output_tokens === null ? {} : { output_tokens }),
  };
  const agreement: Agreement = {
    id,
    customer,
    purpose,
    organizations: JSON.parse(row.organizations) as string[],
    accounts: JSON.parse(row.accounts) as string[],
    models: JSON.parse(row.models) as string[],
    ...(Object.keys(budget).length === 0 ? {} : { budget }),
    from: row.holds_from,
    until: row.holds_until,
    ...(document === null ? {} : { document }),
    ...(document_sha256 === null ? {} : { document_sha256 }),
  };
  const { version, ended, recorded, recorded_by: recordedBy } = row;
  return { agreement, version, ended, recorded, recordedBy };
}
