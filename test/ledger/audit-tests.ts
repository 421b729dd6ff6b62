import { sql } from "kysely";
import { expect, it } from "vitest";
import type { AuditEntry } from "../../src/ledger/audit-chain.ts";
import { readAudit } from "../../src/ledger/audit-file.ts";
import { lastCheckpoint } from "../../src/ledger/last-checkpoint.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { verifyAudit } from "../../src/ledger/verify-audit.ts";
import type { LedgerBench } from "./ledger-bench.ts";

const entry = (no: number): AuditEntry => ({
  actor: "user:ana",
  action: "case.confirmed",
  object: `case:c${no}`,
  details: { reason: "Zürich, 日本 and 'quotes'", no },
});

const write = (ledger: Ledger, no: number) =>
  ledger.change(async ({ record }) => record(entry(no)));

const verified = (ledger: Ledger) =>
  verifyAudit(readAudit(ledger), {
    keys: ledger.keys.auditKeys,
    checkpoints: [lastCheckpoint(ledger.dataDir)!],
  });

/** What the audit promises, on any store. */
export function auditTests({ engine, place }: LedgerBench): void {
  it("chains what several openings record at once, in the transaction of the change", async () => {
    const { open } = await place();
    const [one, two] = [await open(), await open()];
    await Promise.all([1, 2, 3, 4].map((no) => write(no % 2 === 0 ? one : two, no)));
    const failing = one.change(async ({ record }) => {
      record(entry(5));
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await verified(two)).toMatchObject({ rows: 4, signed: 4, checkpoints: 1, problems: [] });
  });

  it("refuses to have a row changed, removed or replaced", async () => {
    const { open } = await place();
    const ledger = await open();
    await write(ledger, 1);
    const replace =
      engine === "sqlite"
        ? "INSERT OR REPLACE INTO audit SELECT 1, 'then', actor, action, object, details, previous, hash, signature FROM audit"
        : "TRUNCATE audit";
    for (const text of ["UPDATE audit SET actor = 'user:bo'", "DELETE FROM audit", replace]) {
      const changing = ledger.change(async ({ tx }) => void (await sql.raw(text).execute(tx)));
      await expect(changing, text).rejects.toThrow("the audit is only added to");
    }
    expect(await verified(ledger)).toMatchObject({ rows: 1, problems: [] });
  });

  it("shows what somebody changed, removed or cut off who may write to the store past its triggers", async () => {
    const { open } = await place();
    const ledger = await open();
    for (const no of [1, 2, 3, 4]) await write(ledger, no);
    const raw = (text: string) =>
      ledger.change(async ({ tx }) => void (await sql.raw(text).execute(tx)));
    if (engine === "sqlite") {
      await raw("DROP TRIGGER audit_kept; DROP TRIGGER audit_unchanged;\n--");
    } else {
      await raw("ALTER TABLE audit DISABLE TRIGGER ALL");
    }
    await raw("UPDATE audit SET actor = 'user:bo' WHERE sequence = 2");
    expect((await verified(ledger)).problems).toEqual([
      { sequence: 2, problem: "was changed: its hash doesn't fit it" },
    ]);
    await raw("DELETE FROM audit WHERE sequence = 2");
    expect((await verified(ledger)).problems).toMatchObject([{ sequence: 3 }]);
    await raw("DELETE FROM audit WHERE sequence > 1");
    expect((await verified(ledger)).problems).toMatchObject([{ sequence: 4 }]);
  });
}
