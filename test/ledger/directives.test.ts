import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { counselOf } from "../../src/ledger/directives/counsel.ts";
import { countRefusals } from "../../src/ledger/directives/refusal-counts.ts";
import { disableUser, setUser } from "../../src/ledger/users.ts";
import { directiveBench } from "./directive-bench.ts";
import { directiveTests } from "./directive-tests.ts";
import { ledgerBench } from "./ledger-bench.ts";

const place = directiveBench();
const ledgers = ledgerBench();

describe("directives in a file", () => {
  directiveTests(place);

  it("can be read by its owner alone, with keys that are not the ledger's", async () => {
    const { dataDir, open } = await place();
    await open();
    for (const name of ["directives.db", "directives.db-wal", "directives-keys.json"])
      expect(statSync(join(dataDir, name)).mode & 0o777, name).toBe(0o600);
    const ledgerKeys = statSync(join(dataDir, "ledger-keys.json"), { throwIfNoEntry: false });
    expect(ledgerKeys).toBeUndefined();
  });
});

describe("who may set directives", () => {
  it("is counsel and nobody else, an admin neither, who can't become one but can disable one", async () => {
    const ledger = await (await ledgers.place()).open();
    expect(await counselOf(undefined, "cleo")).toEqual({ actor: "user:cleo" });
    expect(await counselOf(ledger, "cleo")).toEqual({ actor: "user:cleo" });
    await expect(counselOf(undefined, "\u0007")).rejects.toThrow("is no name");
    const set = (name: string, role: "admin" | "counsel" | "reviewer", by = "root") =>
      setUser(ledger, { name, role, by });
    await set("root", "admin");
    await set("cleo", "counsel");
    await set("ria", "reviewer");
    expect(await counselOf(ledger, "cleo")).toEqual({ actor: "user:cleo" });
    for (const name of ["root", "ria", "nobody"])
      await expect(counselOf(ledger, name), name).rejects.toMatchObject({
        code: "SW_USER_REFUSED",
      });
    await expect(counselOf(ledger, "root")).rejects.toThrow(
      "root is admin, and this takes counsel",
    );
    await expect(set("root2", "counsel")).rejects.toThrow("this takes counsel");
    await expect(set("cleo", "reviewer")).rejects.toThrow("must be a counsel left");
    const last = disableUser(ledger, { name: "cleo", by: "root" });
    await expect(last).rejects.toThrow("must be a counsel left");
    await set("dee", "counsel", "cleo");
    await disableUser(ledger, { name: "cleo", by: "root" });
    await expect(counselOf(ledger, "cleo")).rejects.toThrow("cleo is disabled");
    await expect(set("cleo", "counsel")).rejects.toThrow("this takes counsel");
  });
});

describe("the count of refusals", () => {
  const refusal = { directive: 1, why: "unknown", action: "deny", model: "m" } as const;

  it("keeps so many names of an account apart a day, and counts the rest together", () => {
    const counts = countRefusals();
    for (let i = 0; i < 5_000; i++)
      counts.count({ ...refusal, account: "a", person: `p${i % 1_000}` }, 0);
    counts.take();
    for (let i = 0; i < 1_000; i++)
      counts.count({ ...refusal, account: "a", person: `p${i}` }, 1_000);
    counts.count({ ...refusal, account: "b", person: "x".repeat(300) }, 1_000);
    const rows = counts.take();
    expect(rows).toHaveLength(202);
    expect(rows.find(({ account, person }) => account === "a" && person === "")?.count).toBe(800);
    expect(rows.find(({ account }) => account === "b")).toMatchObject({ person: "", count: 1 });
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(1_001);
  });

  it("loses nothing that could not be written", () => {
    const counts = countRefusals();
    const one = { ...refusal, account: "a", person: "p" };
    counts.count(one, 5_000);
    const rows = counts.take();
    counts.count(one, 1_000);
    counts.putBack(rows);
    const [row] = counts.take();
    expect(row).toMatchObject({
      count: 2,
      first: "1970-01-01T00:00:01.000Z",
      last: "1970-01-01T00:00:05.000Z",
    });
  });
});
