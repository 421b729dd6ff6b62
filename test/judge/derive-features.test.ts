import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { deriveFeatures } from "../../src/judge/derive-features.ts";
import { openWarehouse } from "../../src/warehouse/open-warehouse.ts";
import type { Statement } from "../../src/warehouse/statement.ts";

type Nothing = Readonly<Record<string, never>>;

/** Pairs of 40 days: two million keys that an account uses day after day; every 100,000th, and the least and greatest there can be, another's too. */
const FILL = `
INSERT INTO pairs
SELECT toDate('2026-01-01') + intDiv(number, 250000) AS day,
       multiIf(k = 0, 0, k = 1, 18446744073709551615, sipHash64(k)) AS key,
       if(k < 2 OR k % 100000 = 0, number, k) AS account_hash, 1 AS n
FROM (SELECT number, number % 2000000 AS k FROM numbers(10000000))
SETTINGS max_partitions_per_insert_block = 1000`;

it("the keys that two accounts use are found in all of many pairs, within little memory", async () => {
  const folder = mkdtempSync(join(tmpdir(), "derive-features-"));
  const warehouse = await openWarehouse({ dataDir: folder, memoryBytes: 1_000_000_000 });
  onTestFinished(async () => {
    await warehouse.close();
    await rm(folder, { recursive: true });
  });
  const statement = <Row>(name: string, text: string): Statement<Nothing, Row> => {
    const file = join(folder, `${name}.sql`);
    writeFileSync(file, text);
    return { name, file };
  };
  await warehouse.run(statement("fill", FILL), {});
  await deriveFeatures(warehouse, silent);
  const shared = statement<{ keys: string; least: string; most: string }>(
    "shared",
    "SELECT count() AS keys, toString(min(key)) AS least, toString(max(key)) AS most FROM shared",
  );
  expect(await warehouse.rows(shared, {})).toEqual([
    { keys: "21", least: "0", most: "18446744073709551615" },
  ]);
  await deriveFeatures(warehouse, silent);
  expect((await warehouse.rows(shared, {}))[0]?.keys).toBe("21");
});
