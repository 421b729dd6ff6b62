import type { DirectiveStore } from "./open-directives.ts";
import type { Standings } from "./standings.ts";

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

/** Takes into a book what was stated after one revision and up to another. */
export async function addStatements(
  store: DirectiveStore,
  standings: Standings,
  { after, upTo }: { after: number; upTo: number },
): Promise<void> {
  await store.read(async (tables) => {
    const attestations = await tables
      .selectFrom("attestations")
      .selectAll()
      .where("revision", ">", after)
      .where("revision", "<=", upTo)
      .orderBy("revision")
      .execute();
    const holders = await tables
      .selectFrom("holders")
      .selectAll()
      .where("revision", ">", after)
      .where("revision", "<=", upTo)
      .orderBy("revision")
      .execute();
    standings.add(attestations, holders);
  });
}
