import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepLastScan } from "../../src/judge/last-scan.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { preserveEvidence } from "../../src/ledger/preserve-evidence.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { measured } from "../ledger/reviewed.ts";
import { names, sampleGroup } from "../ledger/sample-group.ts";
import { sampleOutcome } from "../report/sample-outcome.ts";
import { runHere } from "./run-here.ts";

const dataDir = ledgerFolder();
afterAll(() => rmSync(dataDir, { recursive: true }));
const what = ["--as", "ana", "--reason", "one crew"];

function run(...words: readonly string[]) {
  return runHere(...words, "--data", dataDir);
}

async function measureHere(): Promise<void> {
  const ledger = await openLedger({ dataDir, now: () => new Date(0) });
  for (const number of [1, 2, 3, 4]) await measured(ledger, number);
  await ledger.close();
}

beforeAll(() => {
  const groups = [
    sampleGroup(names(3)),
    sampleGroup(names(2, "b"), { lineage: "g2", assessment: "relay" }),
    sampleGroup(names(2, "c"), { lineage: "g3", assessment: "watch" }),
    sampleGroup(names(2, "d"), { lineage: "g4" }),
    sampleGroup(names(2, "e"), { lineage: "g5" }),
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
      "4 cases opened: c1, c2, c3, c4; 0 brought up to date.\n",
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

    const limit = ["--step", "limit", "--for", "7d", ...what];
    const early = await run("case", "act", "c1", ...limit);
    expect(early.stderr).toContain("c1: 3 of its accounts are still to be opened before this step");
    await measureHere();
    expect((await run("case", "plan", "c1")).stdout).toMatch(
      /^Sample: 0 of 3 accounts reviewed; it stands for 3\.[^]*Next: a\d, a\d, a\d \(stillwatch case open-account c1/,
    );
    const unopened = await run("case", "review", "c1", "a1", "--finding", "positive", ...what);
    expect(unopened.stderr).toContain("ana has not opened a1 of c1 as it is now");
    const opened = await run("case", "open-account", "c1", "--next", "5", "--as", "ana");
    expect(opened.stdout).toMatch(/^a\d: operated, 100 % of its exchanges in the group's work/m);
    const found = await run(
      "case",
      "review",
      "c1",
      "a1",
      "a2",
      "a3",
      ...what,
      "--finding",
      "positive",
    );
    expect(found.stdout).toBe("3 accounts found positive. The sample is complete.\n");
    const acted = await run("case", "act", "c1", ...limit);
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

  it("has two people take a step that hurts, and one alone break glass", async () => {
    const by = (name: string) => ["--as", name, "--reason", "nobody answered"];
    await run("case", "show", "c4", "--as", "ana");
    await run("case", "confirm", "c4", ...by("ana"));
    await run("case", "open-account", "c4", "e1", "e2", "--as", "ana");
    await run("case", "review", "c4", "e1", "e2", "--finding", "positive", ...by("ana"));
    const deny = ["--step", "deny", "--for", "20h", ...by("bo")];
    const alone = await run("case", "act", "c4", ...deny);
    expect(alone.stderr).toContain("This step on c4 takes a second person: deny always does.");
    const simulated = await run("case", "simulate", "c4", "--step", "deny");
    expect(simulated.stdout).toMatch(/^deny for 2 accounts \(<1 %\)[^]*exchanges a day: 20 /);
    expect((await run("case", "propose", "c4", ...deny)).stdout).toContain(
      "p1: to be approved until",
    );
    const own = await run("case", "approve", "p1", ...by("bo"));
    expect(own.stderr).toContain("bo can't approve p1: the same person proposed it.");
    const approved = await run("case", "approve", "p1", ...by("cyd"));
    expect(approved.stdout).toBe("d2: deny for 2 accounts until 1970-01-01T20:00:00.000Z.\n");
    const broken = await run("case", "act", "c4", "--break-glass", ...deny);
    expect(broken.stdout).toContain(
      "d3: deny for 2 accounts until 1970-01-01T20:00:00.000Z, breaking glass.",
    );
    const story = (await run("case", "show", "c4", "--as", "ana")).stdout;
    expect(story).toMatch(
      /p1 \(d2\) .*approved by cyd\n.*p2 \(d3\) .*nobody else has looked at it yet/,
    );
    expect((await run("case", "list")).stdout).toContain("bo broke glass in c4 (deny, ");
    const undone = await run("case", "undo", "d3", ...by("bo"));
    expect(undone.stdout).toBe("d3 is undone for 2 accounts; no gateway was heard from.\n");
    const looked = await run("case", "approve", "p2", ...by("cyd"));
    expect(looked.stdout).toBe("p2: d3, which broke glass, was looked at.\n");
  });

  it("prints the rules of review, and takes others from a file by two people", async () => {
    const shown = (await run("case", "policy", "show")).stdout;
    expect(shown).toMatch(
      /^# The default rules\.\n[^]*\nreview:\n {2}# Which share .*\n {2}wrong_share: 0\.02\n/,
    );
    const file = join(dataDir, "review-policy.yaml");
    writeFileSync(file, shown.replace("accounts_over: 20", "accounts_over: 5"));
    const proposed = await run("case", "policy", "propose", file, ...what);
    expect(proposed.stdout).toContain("Version 1 is proposed");
    const own = await run("case", "policy", "approve", "1", ...what);
    expect(own.stderr).toContain("ana can't approve policy 1: the same person proposed it.");
    const approved = await run(
      "case",
      "policy",
      "approve",
      "1",
      "--as",
      "root",
      "--reason",
      "agreed",
    );
    expect(approved.stdout).toBe("Version 1 holds.\n");
    expect((await run("case", "policy", "show")).stdout).toMatch(
      /^# Version 1 holds\.\n# 1: proposed by ana, [^]*accounts_over: 5\n/,
    );
    writeFileSync(file, "review:\n  wrong_shares: 0.1\n");
    const wrong = await run("case", "policy", "propose", file, ...what);
    expect(wrong.stderr).toContain("review.wrong_shares");
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
      [4, "acted"],
      [3, "suspected"],
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
    expect(again.stderr).toContain(
      "c1 is overturned; from there it can become suspected, not upheld.",
    );
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
