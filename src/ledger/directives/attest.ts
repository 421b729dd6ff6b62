import { hash } from "node:crypto";
import { canonicalJson } from "../canonical-json.ts";
import { pieces } from "../pieces.ts";
import type { Counsel } from "./counsel.ts";
import { type DirectiveStore, revisionOf } from "./open-directives.ts";
import type { AttestationRow, HolderRow } from "./tables.ts";

/** What somebody says of a person's class. */
export type Attestation = Omit<AttestationRow, "revision">;

/** What somebody says of an account or a credential. */
export type Holder = Omit<HolderRow, "revision">;

/** What is said together: all of it is taken, or nothing. */
export interface Statements {
  readonly attestations: readonly Attestation[];
  readonly holders: readonly Holder[];
}

/**
 * Takes statements; the last one of a person and class, or of an account, holds from now on, and the earlier ones stay on
 * record. The audit says how many they were, of whom, and the SHA-256 of all.
 */
export async function attest(
  store: DirectiveStore,
  { attestations, holders }: Statements,
  by: Counsel,
): Promise<void> {
  if (attestations.length + holders.length === 0) return;
  await store.change(async (change) => {
    const revision = await revisionOf(change);
    const { tx, record } = change;
    const about = lastOf(attestations, (one) => [one.scope, one.name, one.person, one.class]);
    for (const some of pieces(about))
      await tx
        .insertInto("attestations")
        .values(some.map((one) => ({ ...one, revision })))
        .execute();
    const whose = lastOf(holders, (one) => [one.kind, one.name]);
    for (const some of pieces(whose))
      await tx
        .insertInto("holders")
        .values(some.map((one) => ({ ...one, revision })))
        .execute();
    const sha256 = hash("sha256", canonicalJson([about.map(asJson), whose.map(asJson)]));
    const details = { attestations: about.length, holders: whose.length, sha256 };
    record({ actor: by.actor, action: "attestations.taken", object: "attestations", details });
  });
}

function asJson(row: Attestation | Holder): Readonly<Record<string, string>> {
  return { ...row };
}

/** Of those that say the same of the same, the last. */
function lastOf<T>(list: readonly T[], nameOf: (one: T) => readonly string[]): readonly T[] {
  return [...new Map(list.map((one) => [JSON.stringify(nameOf(one)), one])).values()];
}
