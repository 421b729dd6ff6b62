import type { Ledger } from "./open-ledger.ts";
import { pieces } from "./pieces.ts";
import type { AgreementDayRow, AgreementUseRow } from "./tables.ts";

/** What an agreement's parties used. */
export interface AgreementUse {
  readonly row: AgreementUseRow;
  /** The first day that the warehouse keeps: what was measured of earlier ones stays. */
  readonly firstDay: string;
  readonly days: readonly AgreementDayRow[];
}

/** Keeps what agreements' parties used. It changes nothing that was decided, so the audit doesn't tell of it. */
export async function keepAgreementUse(
  ledger: Ledger,
  uses: readonly AgreementUse[],
): Promise<void> {
  if (uses.length === 0) return;
  await ledger.change(async ({ tx }) => {
    for (const { row, firstDay, days } of uses) {
      await tx
        .insertInto("agreement_use")
        .values(row)
        .onConflict((conflict) => conflict.column("agreement").doUpdateSet(row))
        .execute();
      await tx
        .deleteFrom("agreement_days")
        .where("agreement", "=", row.agreement)
        .where("day", ">=", firstDay)
        .execute();
      for (const some of pieces(days)) await tx.insertInto("agreement_days").values(some).execute();
    }
  });
}
