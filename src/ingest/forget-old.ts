import type { Warehouse } from "../warehouse/open-warehouse.ts";
import {
  dropDay,
  forgetOldRejections,
  forgetUnheardAccounts,
  oldDays,
  oldRejections,
  oldTextDays,
  pruneShared,
  sweep,
  unheardAccounts,
} from "../warehouse/statements.gen.ts";

/** What is kept for how long. */
export interface Retention {
  readonly now: Date;
  /** How many days exchanges, all that is derived of them, and lines about accounts stay; for ever where absent. Texts carry their own day. */
  readonly keepDays?: number | undefined;
}

const DAY_MILLISECONDS = 86_400_000;
/** Tables with a partition a day of exchanges. Exchanges go first: what is derived of a day can't come back then. */
const BY_DAY = ["exchanges", "pairs", "issued", "activity"];
/** Tables with a partition a day of deletion. */
const BY_DELETION = ["sealed_texts", "text_keys"];

/**
 * Forgets what is older than is kept, by whole UTC days: texts and their keys on their day; exchanges and what was derived
 * of them; shared keys that nobody shares any more; lines about accounts that are silent or replaced since; rejected lines.
 * It can be interrupted anywhere and finishes the next time. What is left is what was there, so nothing is derived anew.
 */
export async function forgetOld(warehouse: Warehouse, { now, keepDays }: Retention): Promise<void> {
  for (const { day } of await warehouse.rows(oldTextDays, { today: dayOf(now) }))
    for (const table of BY_DELETION) await warehouse.run(dropDay, { table, day });
  if (keepDays === undefined) return;
  const before = dayOf(new Date(now.getTime() - keepDays * DAY_MILLISECONDS));
  const days = await warehouse.rows(oldDays, { before });
  for (const { day } of days)
    for (const table of BY_DAY) await warehouse.run(dropDay, { table, day });
  if (days.length > 0) {
    await warehouse.run(pruneShared, {});
    await warehouse.run(sweep, { table: "shared" });
  }
  await forgetLines(warehouse, before);
}

/** Asks first: a deletion rewrites what it looks at. */
async function forgetLines(warehouse: Warehouse, before: string): Promise<void> {
  const [accounts] = await warehouse.rows(unheardAccounts, { before });
  if (accounts !== undefined && BigInt(accounts.silent) + BigInt(accounts.replaced) > 0n) {
    await warehouse.run(forgetUnheardAccounts, { before });
    await warehouse.run(sweep, { table: "accounts" });
  }
  const [rejected] = await warehouse.rows(oldRejections, { before });
  if (rejected !== undefined && BigInt(rejected.lines) > 0n) {
    await warehouse.run(forgetOldRejections, { before });
    await warehouse.run(sweep, { table: "rejected" });
  }
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
