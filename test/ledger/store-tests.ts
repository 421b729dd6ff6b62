import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { sqlFolder } from "../../src/warehouse/statement.ts";
import type { LedgerBench } from "./ledger-bench.ts";

/** What the store promises, on any engine. */
export function storeTests({ place }: LedgerBench): void {
  it("keeps what a change wrote, and nothing of one that failed", async () => {
    const { open } = await place();
    const ledger = await open();
    const row = { name: "a", holder: "x", token: 1, until_ms: 2 ** 45 };
    await ledger.change(({ tx }) => tx.insertInto("leases").values(row).execute());
    const failing = ledger.change(async ({ tx }) => {
      await tx.deleteFrom("leases").execute();
      throw new Error("no");
    });
    await expect(failing).rejects.toMatchObject({ code: "SW_LEDGER_FAILED" });
    await ledger.close();
    const again = await open();
    expect(await again.read((store) => store.selectFrom("leases").selectAll().execute())).toEqual([
      row,
    ]);
  });

  it("takes a text with a NUL in it, which not every database can keep", async () => {
    const ledger = await (await place()).open();
    const row = { name: "a\0b", holder: "\ud800", token: 1, until_ms: 0 };
    await ledger.change(({ tx }) => tx.insertInto("leases").values(row).execute());
    const [kept] = await ledger.read((store) => store.selectFrom("leases").selectAll().execute());
    expect([kept?.name.replace("\0", "\ufffd"), kept?.holder]).toEqual(["a\ufffdb", "\ufffd"]);
  });

  it("runs changes of several openings one after the other", async () => {
    const { open } = await place();
    const openings = [await open(), await open()];
    const row = { name: "n", holder: "x", token: 0, until_ms: 0 };
    await openings[0]!.change(({ tx }) => tx.insertInto("leases").values(row).execute());
    const add = (no: number) =>
      openings[no % 2]!.change(async ({ tx }) => {
        const { token } = await tx.selectFrom("leases").select("token").executeTakeFirstOrThrow();
        await tx
          .updateTable("leases")
          .set({ token: token + 1 })
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, (_, no) => add(no)));
    const [found] = await openings[1]!.read((store) =>
      store.selectFrom("leases").selectAll().execute(),
    );
    expect(found!.token).toBe(20);
  });

  it("brings an older store up to date, one migration after the other, once each", async () => {
    const { dataDir, url } = await place();
    const migrationsFolder = mkdtempSync(join(tmpdir(), "stillwatch-migrations-"));
    const file = (name: string, text: string) => writeFileSync(join(migrationsFolder, name), text);
    const opened = async () => {
      const options = { dataDir, url, now: () => new Date(0), migrationsFolder };
      const ledger = await openLedger(options);
      const rows = await ledger.read(async (store) => sql`SELECT * FROM t`.execute(store));
      await ledger.close();
      return rows.rows;
    };
    file(
      "001-t.sql",
      "-- T.\nCREATE TABLE t (a INTEGER NOT NULL) STRICT;\nINSERT INTO t VALUES (1);\nCREATE TABLE audit (sequence INTEGER, signature TEXT) STRICT;",
    );
    expect(await opened()).toEqual([{ a: 1 }]);
    file("002-u.sql", "ALTER TABLE t ADD COLUMN b TEXT;\nUPDATE t SET b = 'c';");
    expect(await opened()).toEqual([{ a: 1, b: "c" }]);
    file("003-broken.sql", "DELETE FROM t;\nINSERT INTO nowhere VALUES (1);");
    await expect(opened()).rejects.toMatchObject({ code: "SW_LEDGER_FAILED" });
    file("003-broken.sql", "INSERT INTO t VALUES (2, 'd');");
    const both = [
      { a: 1, b: "c" },
      { a: 2, b: "d" },
    ];
    expect(await opened()).toEqual(both);
    expect(await opened()).toEqual(both);
    file("002-u.sql", "ALTER TABLE t ADD COLUMN b INTEGER;");
    await expect(opened()).rejects.toThrow("002-u was applied and has been edited since");
  });

  it("refuses a store that a newer version made, and leaves it alone", async () => {
    const { dataDir, url, open } = await place();
    const migrationsFolder = mkdtempSync(join(tmpdir(), "stillwatch-migrations-"));
    cpSync(join(sqlFolder(), "ledger"), migrationsFolder, { recursive: true });
    writeFileSync(join(migrationsFolder, "999-later.sql"), "-- Later.\nDROP TABLE leases;");
    const newer = await openLedger({ dataDir, url, now: () => new Date(0), migrationsFolder });
    await newer.close();
    await expect(open()).rejects.toMatchObject({
      code: "SW_LEDGER_NEWER",
      message: expect.stringContaining("999-later"),
    });
  });

  it("has the columns that the code reads", async () => {
    const { open } = await place();
    const ledger = await open();
    const found = await ledger.read(async (store) => store.introspection.getTables());
    const columns = Object.fromEntries(
      found.map(({ name, columns: all }) => [name, new Set(all.map((column) => column.name))]),
    );
    const source = ["tables.ts", "caller-tables.ts"]
      .map((file) => readFileSync(join(import.meta.dirname, "../../src/ledger", file), "utf8"))
      .join("\n");
    const [, tables = ""] = /interface LedgerTables \{(.*?)\n\}/s.exec(source) ?? [];
    const declared = [...tables.matchAll(/readonly (\w+): (\w+);/g)].map(([, table, row]) => {
      const body = new RegExp(`interface ${row} \\{(.*?)\\n\\}`, "s").exec(source)?.[1] ?? "";
      return [table, new Set([...body.matchAll(/readonly (\w+)/g)].map(([, name]) => name))];
    });
    expect(columns).toEqual(Object.fromEntries(declared));
  });
}
