import { StillwatchError } from "../core/errors.ts";
import type { Ledger } from "./open-ledger.ts";
import type { DecisionRow } from "./tables.ts";

/** How far gateways are with a step as it is now: taken, or taken back. */
export interface Acknowledged {
  /** Those heard in the last ten minutes, and those that acknowledged it. */
  readonly gateways: number;
  readonly acknowledged: number;
  /** Until the last of those that did, by the ledger's clock; null where none did. */
  readonly seconds: number | null;
  /** Those that did not yet. */
  readonly missing: readonly string[];
}

const HEARD_MS = 600_000;
const KEPT_MS = 7 * 86_400_000;
/** Gateways of a week. Names beyond are made up. */
const MOST_GATEWAYS = 10_000;

/**
 * Notes how far a gateway has loaded what is decided. It is no row of the audit, or each would call for the next: what is
 * decided goes by the audit's numbers. Gateways say it whenever they have read further, and once a minute in any case.
 * Throws SW_BUSY where there are more gateways than anybody has.
 */
export async function acknowledge(
  ledger: Ledger,
  { gateway, sequence: said }: { gateway: string; sequence: number },
): Promise<void> {
  await ledger.change(async ({ tx, time }) => {
    const head = await tx
      .selectFrom("audit")
      .select((of) => of.fn.max("sequence").as("sequence"))
      .executeTakeFirst();
    // What is yet to be decided can't have been loaded.
    const sequence = Math.min(said, head?.sequence ?? 0);
    const heard = { sequence, seen: time };
    await tx.deleteFrom("gateways").where("seen", "<", before(time, KEPT_MS)).execute();
    const others = await tx
      .selectFrom("gateways")
      .select((of) => of.fn.countAll<number>().as("n"))
      .where("name", "<>", gateway)
      .executeTakeFirst();
    if ((others?.n ?? 0) >= MOST_GATEWAYS) throw new StillwatchError("SW_BUSY");
    await tx
      .insertInto("gateways")
      .values({ name: gateway, ...heard })
      .onConflict((conflict) => conflict.column("name").doUpdateSet(heard))
      .execute();
    await tx
      .insertInto("acknowledgements")
      .values({ gateway, sequence, time })
      .onConflict((conflict) => conflict.columns(["gateway", "sequence"]).doNothing())
      .execute();
    await tx
      .deleteFrom("acknowledgements")
      .where("gateway", "=", gateway)
      .where("time", "<", before(time, KEPT_MS))
      .execute();
  });
}

/** How far gateways are with a step; undefined where it is longer ago than is remembered. */
export async function stepAcknowledged(
  ledger: Ledger,
  rows: readonly DecisionRow[],
): Promise<Acknowledged | undefined> {
  const now = ledger.now().toISOString();
  const last = rows.toSorted((a, b) => b.changed - a.changed)[0];
  const begun = last?.lifted ?? last?.made;
  if (last === undefined || begun === undefined || begun < before(now, KEPT_MS)) return undefined;
  const { known, said } = await ledger.read(async (store) => ({
    known: await store
      .selectFrom("gateways")
      .select("name")
      .where("seen", ">=", before(now, HEARD_MS))
      .execute(),
    said: await store
      .selectFrom("acknowledgements")
      .select((of) => ["gateway", of.fn.min("time").as("time")])
      .where("sequence", ">=", last.changed)
      .groupBy("gateway")
      .execute(),
  }));
  const did = new Set(said.map(({ gateway }) => gateway));
  const missing = known.map(({ name }) => name).filter((name) => !did.has(name));
  const latest = said
    .map(({ time }) => time)
    .toSorted()
    .at(-1);
  return {
    gateways: did.size + missing.length,
    acknowledged: did.size,
    seconds:
      latest === undefined ? null : Math.max(0, (Date.parse(latest) - Date.parse(begun)) / 1000),
    missing: missing.toSorted(),
  };
}

function before(time: string, ms: number): string {
  return new Date(Date.parse(time) - ms).toISOString();
}
