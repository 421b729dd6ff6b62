import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { credentialHash } from "../../src/ingest/credential-hash.ts";
import { loadAccounts } from "../../src/ingest/load-accounts.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { accountFacts } from "../../src/warehouse/statements.gen.ts";
import { type IntakeBench, openBench } from "./intake-bench.ts";

let bench: IntakeBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

async function load(
  name: string,
  lines: readonly (object | string)[],
  pack: (text: string) => Buffer = (text) => Buffer.from(text),
) {
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  const file = bench.file(name, pack(text.join("\n")));
  const secret = await loadSecret(bench.dataDir);
  return await loadAccounts({ warehouse: bench.warehouse, file, secret });
}

const rowsOf = (account: string) =>
  bench.ask(`SELECT * FROM accounts FINAL WHERE account = '${account}' ORDER BY from`);

describe("loadAccounts", () => {
  it("keeps what is said of an account, and of payment, phone, device and keys only keyed hashes", async () => {
    const line = {
      account: "full",
      time: "2026-04-22T03:14:07.123+02:00",
      created: "2026-01-05",
      organization: "org_1",
      parent: "reseller_2",
      plan: "pro",
      credits: 12.5,
      program: "education",
      email_domain: "Willow.Example",
      payment: "card-fingerprint-1",
      phone: "phone-fingerprint-1",
      payment_country: "SG",
      country: "DE",
      verification: { level: "document", method: "passport", at: "2026-01-06T00:00:00Z" },
      terms: { version: "2026-01", accepted: "2026-01-05T10:00:00Z" },
      protected: true,
      status: "active",
      suspended: null,
      agreement: "agr_1",
      credentials: ["key_1", ""],
      text: "transient",
    };
    const same = { account: "same", payment: "card-fingerprint-1", phone: "card-fingerprint-1" };
    expect(await load("full.gz", [line, same], gzipSync)).toMatchObject({
      lines: 2,
      accepted: 2,
      rejected: 0,
      ignored: {},
    });
    const [row] = await rowsOf("full");
    const [other] = await rowsOf("same");
    expect(row).toMatchObject({
      from: "2026-04-22 01:14:07.123",
      created: "2026-01-05 00:00:00.000",
      organization: "org_1",
      parent: "reseller_2",
      credits: 12.5,
      email_domain: "willow.example",
      verification_level: "document",
      verified_at: "2026-01-06 00:00:00.000",
      terms_version: "2026-01",
      protected: true,
      suspended: null,
      device: "0",
      text: "transient",
    });
    expect(row?.["payment"]).toMatch(/^\d{10,20}$/);
    const hashOf = credentialHash(await loadSecret(bench.dataDir));
    expect(row?.["credentials"]).toEqual([hashOf("key_1")]);
    expect(other?.["payment"]).toBe(row?.["payment"]);
    expect(other?.["phone"]).not.toBe(row?.["payment"]);
    expect(other?.["from"]).toBe("1970-01-01 00:00:00.000");
    expect(JSON.stringify(row)).not.toMatch(/fingerprint/);
  });

  it("lets a later line replace earlier ones from its own time on", async () => {
    const lines = [
      { account: "later", plan: "free" },
      { account: "later", plan: "team", time: "2026-04-01T00:00:00Z" },
      { account: "later", plan: "solo" },
    ];
    await load("later-1.ndjson", lines);
    await load("later-1.ndjson", lines);
    expect((await rowsOf("later")).map((row) => row["plan"])).toEqual(["solo", "team"]);
  });

  it("tells the judge, of lines with one time, the last to arrive and no other", async () => {
    // As parts lie before the engine comes to merge them.
    const file = bench.file("unmerged.sql", "SYSTEM STOP MERGES accounts");
    await bench.warehouse.run({ name: "stop merges", file }, {});
    for (const plan of ["free", "team", "solo"])
      await load(`again-${plan}.ndjson`, [{ account: "again", plan, organization: plan }]);
    const facts = await bench.warehouse.rows(accountFacts, { only: [] });
    const told = facts.filter(({ account }) => account === "again");
    expect(told.map(({ plan, organization }) => [plan, organization])).toEqual([["solo", "solo"]]);
  });

  it("rejects wrong types with file, line and field, and never quotes a value", async () => {
    const totals = await load("wrong.ndjson", [
      { account: "right" },
      "",
      { account: 7 },
      "{",
      { account: "a", created: "yesterday 4155550100" },
      { account: "a", verification: { level: 3 } },
      { account: "a", text: "forever 4155550100" },
      { account: "a", credits: "many" },
      "[]",
      { account: "" },
    ]);
    expect(totals).toMatchObject({ lines: 9, accepted: 1, rejected: 8 });
    const fields = totals.rejections.map(({ line, reason }) => `${line} ${reason.split(":")[0]}`);
    expect(fields).toEqual([
      "3 account",
      "4 not valid JSON",
      "5 created",
      "6 verification.level",
      "7 text",
      "8 credits",
      "9 expected object, received array",
      "10 account",
    ]);
    expect(JSON.stringify(totals.rejections)).not.toMatch(/4155550100/);
    expect(totals.rejections[0]?.file).toMatch(/wrong\.ndjson$/);
  });

  it("counts fields nobody reads", async () => {
    const totals = await load("ignored.ndjson", [
      { account: "x", shoe_size: 42 },
      { account: "y", shoe_size: 43, emial_domain: "willow.example" },
    ]);
    expect(totals.ignored).toEqual({ emial_domain: 1, shoe_size: 2 });
    expect(totals.accepted).toBe(2);
  });

  it("says which file is missing", async () => {
    const secret = await loadSecret(bench.dataDir);
    const missing = loadAccounts({ warehouse: bench.warehouse, file: "/nowhere/accounts", secret });
    await expect(missing).rejects.toMatchObject({ code: "SW_INPUT_MISSING" });
  });
});
