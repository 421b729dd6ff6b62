import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepLastScan } from "../../src/judge/last-scan.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { preserveEvidence } from "../../src/ledger/preserve-evidence.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { names, sampleGroup } from "../ledger/sample-group.ts";
import { sampleOutcome } from "../report/sample-outcome.ts";
import { runHere } from "./run-here.ts";

const dataDir = ledgerFolder();
afterAll(() => rmSync(dataDir, { recursive: true }));
const what = ["--as", "ana", "--reason", "one crew"];

function run(...words: readonly string[]) {
  return runHere(...words, "--data", dataDir);
}

beforeAll(() => {
  const groups = [
    sampleGroup(names(3)),
    sampleGroup(names(2, "b"), { lineage: "g2", assessment: "relay" }),
    sampleGroup(names(2, "c"), { lineage: "g3", assessment: "watch" }),
  ];
  keepLastScan(dataDir, {
    scanned_at: "2026-11-21T19:00:00.000Z",
    result: { ...sampleOutcome().result, groups },
  });
});

describe("stillwatch case", () => {
  it("goes from a scan's flagged groups to a step on accounts and back", async () => {
    const missing = await run("case", "list");
    expect(missing.stderr).toContain("no ledger is kept there. `stillwatch case open");
    expect((await run("case", "open")).stdout).toBe(
      "2 cases opened: c1, c2; 0 brought up to date.\n",
    );
    expect((await run("case", "open")).stdout).toBe("No new case; 0 brought up to date.\n");
    expect((await run("case", "list")).stdout).toMatch(/c2 .*relay[^]*c1 .*campaign/);

    const unread = await run("case", "confirm", "c1", ...what);
    expect(unread.code).toBe(1);
    expect(unread.stderr).toContain("ana has not opened c1 as it is now. Read it first");
    const shown = await run("case", "show", "c1", "--as", "ana");
    expect(shown.stdout).toContain("Case c1: suspected, campaign.");
    expect(shown.stdout).toMatch(/Evidence\n {2}\w+ \(/);
    expect(shown.stdout).toMatch(/a1 .*operated/);
    expect(shown.stdout).toContain("user:ana  case.reviewed");
    expect((await run("case", "confirm", "c1", ...what)).stdout).toBe("c1 is confirmed.\n");

    const acted = await run("case", "act", "c1", "--step", "limit", "--for", "7d", ...what);
    expect(acted.stdout).toBe("d1: limit for 3 accounts until 1970-01-08T00:00:00.000Z.\n");
    const lifted = await run("case", "lift", "d1", "--account", "a2", ...what);
    expect(lifted.stdout).toBe("d1 is lifted for 1 account.\n");
    expect((await run("case", "overturn", "c1", ...what)).stdout).toBe("c1 is overturned.\n");
    const story = (await run("case", "show", "c1", "--as", "ana")).stdout;
    expect(story).toContain("d1  limit for 3 accounts, lifted for 3, coordinated_harvest, until");
    expect(story).toContain("It comes back at 50.0 bits.");

    const explain = ["case", "explain", "c2", ...what];
    expect((await run(...explain)).code).toBe(2);
    expect((await run(...explain, "--because", "teaching")).stdout).toBe("c2 is explained.\n");
    expect((await run("audit", "verify")).code).toBe(0);
  });

  it("reveals what was preserved, and lets none of it be erased while it is held", async () => {
    const ledger = await openLedger({ dataDir, now: () => new Date(0) });
    const content = { exchange: "ex_1", account: "b1", prompt: "Describe harbour 1." };
    const time = "2026-04-22T00:00:00.000Z";
    const one = { account: "b1", exchange: "ex_1", time, cited: true, content, withText: true };
    await preserveEvidence(ledger, 2, [one]);
    await ledger.close();
    const { stdout } = await run("case", "show", "c2", "--as", "ana");
    expect(stdout).toContain("Preserved: 1 exchange. Cited: ex_1.");
    const revealed = await run("case", "reveal", "c2", "ex_1", ...what);
    expect(JSON.parse(revealed.stdout)).toEqual(content);
    expect((await run("case", "hold", "c2", ...what)).stdout).toBe("c2 is held.\n");
    const refused = await run("forget", "b1");
    expect(refused.stderr).toContain("b1: case c2 is held, so nothing of it may be erased.");
    expect((await run("case", "release", "c2", ...what)).stdout).toBe("c2 is held no more.\n");
    expect((await run("audit", "verify")).code).toBe(0);
  });

  it("tells it as JSON", async () => {
    const list = JSON.parse((await run("case", "list", "--json")).stdout) as {
      readonly cases: readonly { readonly number: number; readonly state: string }[];
    };
    expect(list.cases.map(({ number, state }) => [number, state])).toEqual([
      [2, "explained"],
      [1, "overturned"],
    ]);
    const { stdout } = await run("case", "show", "2", "--as", "bo", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      case: { number: 2, explained_as: "teaching", reopen_bits: 50 },
      group: { lineage: "g2" },
      reviews: [{ reviewer: "ana" }, { reviewer: "bo" }],
      evidence: [{ exchange: "ex_1", readable: true }],
    });
  });

  it("says what there is no case of, and what makes no sense", async () => {
    expect((await run("case", "show", "c9", "--as", "ana")).stderr).toContain("c9: no case");
    expect((await run("case", "show", "x", "--as", "ana")).stderr).toContain("x: no case");
    const again = await run("case", "uphold", "c1", ...what);
    expect(again.stderr).toContain("c1 is overturned; from there it can't become upheld.");
  });

  it("asks for users once there is one", async () => {
    const set = (name: string, role: string) =>
      run("user", "set", name, "--role", role, "--as", "root");
    expect((await set("ana", "viewer")).stderr).toContain("There must be an admin left.");
    await set("root", "admin");
    await set("ana", "viewer");
    const { stderr } = await run("case", "reopen", "c1", ...what);
    expect(stderr).toContain("ana is viewer, and this takes reviewer or admin.");
    await run("user", "disable", "ana", "--as", "root");
    expect((await run("user", "list")).stdout).toMatch(
      /^ana {2}viewer {2}disabled .*\nroot {2}admin\n$/,
    );
  });
});
