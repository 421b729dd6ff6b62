import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { writeRefusals } from "../../src/ledger/directives/keep-refusals.ts";
import { openDirectives } from "../../src/ledger/directives/open-directives.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { runHere } from "./run-here.ts";

const dataDir = ledgerFolder();
afterAll(() => rmSync(dataDir, { recursive: true }));
const as = ["--as", "cleo"];

function run(...words: readonly string[]) {
  return runHere("directive", ...words, "--data", dataDir);
}

function lines(...all: readonly object[]): string {
  const path = join(dataDir, "lines.ndjson");
  writeFileSync(path, all.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}

const expires = "2027-01-01";
const ana = { account: "acct_9", person: "ana", class: "restricted", method: "passport", expires };

describe("stillwatch directive", () => {
  it("goes from a draft to one in force, exempts, and ends with whom it turned away", async () => {
    expect((await run("list")).stderr).toContain("no directive was ever drafted there.");
    const words = ["--models", "orion-4", "orion-5*", "--class", "restricted", ...as];
    const added = await run("add", ...words, "--words", "By order 12/26.", "--until", expires);
    expect(added.stdout).toContain("dir1 is a draft.");
    const holder = { account: "acct_9", organization: "org_2", population: "staff" };
    const told = await run("attest", "--file", lines(ana, holder), ...as);
    expect(told.stdout).toBe("1 attested, 1 accounts or credentials told.\n");
    const until = ["--until", "2026-12-31", "--reason", "licence 4", ...as];
    const passing = await run("exempt", "dir1", "--account", "acct_9", "--person", "ana", ...until);
    expect(passing.stdout).toBe("dir1 lets ana of acct_9 pass until 2026-12-31T00:00:00.000Z.\n");
    expect((await run("enforce", "1", ...as)).stdout).toContain("dir1 is in force from now on to");
    expect((await run("list")).stdout).toMatch(/dir1 .*in force .*restricted .*orion-4 orion-5\*/);
    const story = (await run("show", "dir1")).stdout;
    expect(story).toContain("Models: orion-4, orion-5*. Class: restricted.");
    expect(story).toContain("By order 12/26.");
    expect(story).toContain("ana of account acct_9 until 2026-12-31 00:00: licence 4");
    const shown = JSON.parse((await run("show", "dir1", "--json")).stdout) as object;
    expect(shown).toMatchObject({ version: 1, directive: { state: "in_force", unknowns: "deny" } });

    const store = await openDirectives({ dataDir, now: () => new Date(0) });
    const at = "1970-01-01T00:00:00.000Z";
    const day = { directive: 1, day: "1970-01-01", first: at, last: at };
    const row = { ...day, account: "acct_9", model: "orion-4", action: "deny" } as const;
    await writeRefusals(store, [
      { ...row, person: "ana", why: "in", count: 4 },
      { ...row, person: "", why: "unknown", count: 2 },
    ]);
    await store.close();
    const lifted = await run("lift", "dir1", ...as, "--reason", "order lifted");
    expect(lifted.stdout).toContain("6 refusals of 1 named person and 1 account.");
    expect(lifted.stdout).toMatch(/acct_9 .*ana .*orion-4 .*in .*deny .*4/);
    const refusals = await run("refusals", "dir1", "--json", ...as);
    expect(JSON.parse(refusals.stdout)).toMatchObject({ refusals: [{ count: 4 }, { count: 2 }] });
    expect((await run("audit", "verify")).code).toBe(0);
    const exported = (await run("audit", "export")).stdout;
    expect(exported).toContain('"refusals.looked_at"');
  });

  it("takes all lines of a file or none, and says which is wrong", async () => {
    const refused = async (...all: readonly object[]): Promise<string> =>
      (await run("attest", "--file", lines(...all), ...as)).stderr;
    expect(await refused(ana, { ...ana, account: undefined })).toContain(
      "line 2: name an account or an organization, one of them. Nothing of it was taken.",
    );
    expect(await refused({ ...ana, expires: "soon" })).toContain("line 1: expires: is not a time");
    expect(await refused({ ...ana, clas: "x" })).toContain("line 1");
    expect(await refused({ population: "staff" })).toContain("name an account or a credential");
    const missing = await run("attest", "--file", join(dataDir, "nowhere"), ...as);
    expect(missing.stderr).toContain("no such file");
  });

  it("is counsel's alone, once there are users", async () => {
    const user = (name: string, role: string) =>
      runHere("user", "set", name, "--role", role, "--as", "root", "--data", dataDir);
    await user("root", "admin");
    await user("cleo", "counsel");
    const draft = ["add", "--models", "m", "--class", "c", "--words", "w"];
    const refused = await run(...draft, "--as", "root");
    expect(refused.stderr).toContain("root is admin, and this takes counsel.");
    expect((await run(...draft, ...as)).stdout).toContain("dir2 is a draft.");
    expect((await user("root2", "counsel")).stderr).toContain("this takes counsel");
  });

  it("says what makes no sense", async () => {
    expect((await run("show", "dirx")).stderr).toContain("dirx: no directive of that id.");
    const until = ["--until", "never", "--reason", "x", "--account", "a", ...as];
    const odd = await run("exempt", "dir2", ...until);
    expect([odd.code, odd.stderr]).toEqual([2, expect.stringContaining("--until never")]);
    const both = await run("exempt", "dir2", "--until", expires, "--reason", "x", ...as);
    expect(both.stderr).toContain("--account or --organization");
  });
});
