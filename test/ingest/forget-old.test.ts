import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { forgetOld } from "../../src/ingest/forget-old.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { insertAccounts } from "../../src/ingest/load-accounts.ts";
import { deriveFeatures } from "../../src/judge/derive-features.ts";
import { traffic, wholeTraffic } from "../../src/warehouse/statements.gen.ts";
import { exchange, type IntakeBench, NOW, openBench } from "./intake-bench.ts";

const DAY = 86_400_000;
const daysAgo = (days: number): string => new Date(NOW.getTime() - days * DAY).toISOString();

/** Accounts "a" and "b" send the same from 10 days ago to yesterday, "gone" only 9 days ago and "late" only yesterday. */
function lines(): string {
  const sent = [];
  for (let days = 1; days <= 10; days++) {
    for (const account of [
      "a",
      "b",
      ...(days === 9 ? ["gone"] : []),
      ...(days === 1 ? ["late"] : []),
    ])
      sent.push(exchange(days, { id: `${account}_${days}`, account, time: daysAgo(days) }));
  }
  return sent.map((one) => `${JSON.stringify(one)}\n`).join("");
}

let bench: IntakeBench;
beforeAll(async () => {
  bench = await openBench();
  const secret = await loadSecret(bench.dataDir);
  const about = [
    { account: "a", time: daysAgo(30), text: "keep" },
    { account: "a", time: daysAgo(20), text: "keep" },
    { account: "a", time: daysAgo(2), text: "keep" },
    { account: "gone" },
    { account: "new" },
  ];
  async function* chunks(): AsyncGenerator<Buffer> {
    yield Buffer.from(about.map((one) => `${JSON.stringify(one)}\n`).join(""));
  }
  await insertAccounts(chunks(), { warehouse: bench.warehouse, secret, file: "accounts" });
  // `heard` is the engine's own day; here everything but "new" was heard of long ago.
  await bench.ask(
    "ALTER TABLE accounts UPDATE heard = if(account = 'new', toDate('2026-05-01'), toDate('2026-04-01')) WHERE 1 SETTINGS mutations_sync = 1",
  );
  await bench.load([bench.file("lines.ndjson", `${lines()}nonsense\n`)], { keepTextDays: 7 });
  await bench.ask(
    "ALTER TABLE rejected UPDATE heard = '2026-04-01' WHERE 1 SETTINGS mutations_sync = 1",
  );
  await deriveFeatures(bench.warehouse, silent);
});
afterAll(() => bench.close());

async function daysOf(table: string): Promise<readonly unknown[]> {
  const rows = await bench.ask(`SELECT DISTINCT toString(day) AS day FROM ${table} ORDER BY day`);
  return rows.map(({ day }) => day);
}

async function count(from: string): Promise<number> {
  return Number((await bench.ask(`SELECT count() AS n FROM ${from}`))[0]?.["n"]);
}

describe("forgetting what is old", () => {
  it("leaves everything but texts whose day has come where no time is given", async () => {
    const before = await count("exchanges");
    await forgetOld(bench.warehouse, { now: NOW });
    expect(await count("exchanges")).toBe(before);
    expect(await count("sealed_texts")).toBe(1);
    await forgetOld(bench.warehouse, { now: new Date(NOW.getTime() + 8 * DAY) });
    expect([await count("sealed_texts"), await count("text_keys")]).toEqual([0, 0]);
    expect(await count("exchanges")).toBe(before);
  });

  it("finishes what an earlier run began, by whole days, with all that was derived of them", async () => {
    const shared = await count("shared");
    await bench.ask("ALTER TABLE exchanges DROP PARTITION '2026-04-21'");
    await forgetOld(bench.warehouse, { now: NOW, keepDays: 5 });
    const left = ["2026-04-26", "2026-04-27", "2026-04-28", "2026-04-29", "2026-04-30"];
    for (const table of ["exchanges", "pairs", "issued", "activity"])
      expect(await daysOf(table)).toEqual(left);
    expect(await count("shared")).toBeLessThan(shared);
    expect(
      await count(
        "shared WHERE key NOT IN (SELECT key FROM pairs GROUP BY key HAVING uniq(account_hash) > 1)",
      ),
    ).toBe(0);
  });

  it("leaves exchanges that are judged the same by the statement for whole ones and by the one for parts", async () => {
    const to = Math.floor(NOW.getTime() / 1000);
    const span = { from: to - 10 * 86_400, to };
    const read = async (pieces: AsyncIterable<Uint8Array>): Promise<string> =>
      (await buffer(pieces)).toString("hex");
    const whole = await read(bench.warehouse.bytes(wholeTraffic, span));
    expect(whole.length).toBeGreaterThan(1_000);
    expect(await read(bench.warehouse.bytes(traffic, { ...span, tick: 3600 }))).toBe(whole);
  });

  it("leaves features that need no deriving", async () => {
    const features = () =>
      bench.ask(
        "SELECT * FROM (SELECT 'shared' AS name, count() AS n, sum(cityHash64(*)) AS sum FROM shared UNION ALL SELECT 'pairs', count(), sum(cityHash64(*)) FROM pairs) ORDER BY name",
      );
    const before = await features();
    await deriveFeatures(bench.warehouse, silent);
    expect(await features()).toEqual(before);
  });

  it("forgets what is known of accounts that are silent since, and lines that another replaced before", async () => {
    expect(
      await bench.ask(
        "SELECT account, toString(toDate(from)) AS day FROM accounts FINAL ORDER BY account, from",
      ),
    ).toEqual([
      { account: "a", day: "2026-04-11" },
      { account: "a", day: "2026-04-29" },
      { account: "new", day: "1970-01-01" },
    ]);
    expect(await count("rejected")).toBe(0);
  });

  it("leaves no files of what is forgotten", async () => {
    expect(
      await bench.ask(
        "SELECT table, name FROM system.parts WHERE NOT active AND rows > 0 AND table IN ('exchanges', 'pairs', 'issued', 'activity', 'shared', 'accounts', 'rejected', 'sealed_texts', 'text_keys')",
      ),
    ).toEqual([]);
  });
});
