import type { DirectiveStore } from "./open-directives.ts";
import type { AttestationRow, HolderRow } from "./tables.ts";

/** The number of the audit's last row: it grows with every change, by whichever process. 0 where there is none. */
export async function newestRevision(store: DirectiveStore): Promise<number> {
  const last = await store.read((tables) =>
    tables
      .selectFrom("audit")
      .select((of) => of.fn.max("sequence").as("n"))
      .executeTakeFirst(),
  );
  return last?.n ?? 0;
}

/** What was stated after one revision and up to another, in order. */
export function readStatements(
  store: DirectiveStore,
  { after, upTo }: { after: number; upTo: number },
): Promise<{
  readonly attestations: readonly AttestationRow[];
  readonly holders: readonly HolderRow[];
}> {
  return store.read(async (tables) => ({
    attestations: await tables
      .selectFrom("attestations")
      .selectAll()
      .where("revision", ">", after)
      .where("revision", "<=", upTo)
      .orderBy("revision")
      .execute(),
    holders: await tables
      .selectFrom("holders")
      .selectAll()
      .where("revision", ">", after)
      .where("revision", "<=", upTo)
      .orderBy("revision")
      .execute(),
  }));
}
