import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Group } from "../../src/core/assessment.ts";
import { openScanBench, type ScanBench } from "../judge/scan-bench.ts";
import { plantedWorld } from "../judge/worlds.ts";
import { runHere } from "./run-here.ts";

const who = ["--as", "cora", "--reason", "contract 118"];
const terms = ["--customer", "Lindgren & Partners", "--purpose", "tutoring"];
const term = ["--from", "2026-11-01", "--until", "2027-11-01"];

let bench: ScanBench;
let dataDir: string;
/** Exchanges and output tokens of the planted operation's accounts. */
let used: readonly [number, number];
let operated: readonly string[];

const run = (...words: readonly string[]) => runHere(...words, "--data", dataDir);
async function scanned(): Promise<Group> {
  const { stdout } = await run("scan", "--json", "-", "--quiet", "--no-power");
  const { groups } = JSON.parse(stdout) as { readonly groups: readonly Group[] };
  return groups.find(({ accounts }) => accounts.includes(operated[0]!))!;
}

beforeAll(async () => {
  bench = openScanBench();
  dataDir = bench.dataDir();
  const world = await bench.world(plantedWorld(1));
  operated = world.truth.campaigns[0]!.accounts;
  const own = new Set(operated);
  const parsed = (file: string) =>
    readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { account: string; usage: { output: number } });
  // All name the agreement; it names the first by its organization, the others themselves.
  const lines = parsed(world.accounts).map((line) =>
    JSON.stringify({
      ...line,
      ...(own.has(line.account) ? { agreement: "agr_7" } : {}),
      ...(line.account === operated[0] ? { organization: "org_2" } : {}),
    }),
  );
  const said = bench.file("said.ndjson", lines.join("\n"));
  await bench.scan({ dataDir, files: [world.exchanges], accounts: said });
  const theirs = parsed(world.exchanges).filter(({ account }) => own.has(account));
  used = [theirs.length, theirs.reduce((sum, { usage }) => sum + usage.output, 0)];
});
afterAll(() => bench.close());

describe("stillwatch agreement", () => {
  it("covers a group of a scan of the folder, is measured by it, and says what is not covered", async () => {
    const paper = bench.file("signed.pdf", "the signed paper");
    const parties = ["--organization", "org_2", "--account", ...operated.slice(1)];
    const add = [...parties, ...terms, ...term, "--document", paper, ...who];
    // Somebody must begin the ledger.
    expect((await run("agreement", "list")).stderr).toContain("no ledger is kept there");
    const one = await run("agreement", "add", "agr_7", ...add, "--exchanges", String(used[0]));
    expect(one.stdout).toBe("agr_7 is registered, version 1.\n");
    expect(await scanned()).toMatchObject({
      assessment: "bulk",
      agreement: "agr_7",
      reason: "Covered by agreement agr_7 with Lindgren & Partners.",
    });
    const shown = JSON.parse((await run("agreement", "show", "agr_7", "--json")).stdout);
    const hash = createHash("sha256").update("the signed paper").digest("hex");
    expect(shown).toMatchObject({
      agreement: { document: paper, document_sha256: hash },
      use: { exchanges: used[0], output_tokens: used[1], unnamed: 0, outside_models: 0 },
    });
    expect(shown.use.budget).toMatchObject([{ of: "exchanges", share: 1, used_up: null }]);

    const again = await run("agreement", "add", "agr_7", ...add, "--exchanges", "10");
    expect(again.stderr).toContain("agr_7: the register has it, in version 1. Say --replace");
    const models = bench.file(
      "models.json",
      JSON.stringify({
        data: [
          { id: "orion-9", is_trainable_text: true },
          { id: "orion-8", is_trainable_text: false },
        ],
      }),
    );
    await run("agreement", "add", "agr_7", ...add, "--replace", "--models-from", models);
    const group = await scanned();
    expect(group).toMatchObject({ assessment: "campaign", agreement: "agr_7" });
    expect(group.reason).toMatch(/^Agreement agr_7 does not cover this: it does not name orion-4/);
    const { stdout } = await run("agreement", "show", "agr_7");
    expect(stdout).toContain("Agreement agr_7 with Lindgren & Partners: not begun, version 2.");
    expect(stdout).toContain("Models: orion-9. Organizations: org_2.");
    expect(stdout).toMatch(/Not covered: [\d,]+ exchanges on models that it does not name\./);

    await run("case", "open");
    const story = (await run("case", "show", "c1", "--as", "ana")).stdout;
    expect(story).toMatch(/Agreement agr_7\n {2}Agreement agr_7 does not cover this/);
    expect((await run("audit", "verify")).code).toBe(0);
  });

  it("lists what is used, and what it says of models in the words of catalogues", async () => {
    expect((await run("agreement", "list")).stdout).toMatch(
      /agr_7 .*Lindgren .*not begun .*no budget/,
    );
    const { stdout } = await run(
      "agreement",
      "list",
      "--policy-for",
      "org_2",
      "--model",
      "orion-4",
    );
    expect(JSON.parse(stdout)).toMatchObject({
      data: [
        { id: "orion-4", is_trainable_text: null, distillationPolicy: { status: "unknown" } },
        { id: "orion-9", is_trainable_text: false, distillationPolicy: { status: "disallowed" } },
      ],
    });
  });

  it("takes the agreements of a file, and refuses a file that says them beside the register", async () => {
    const line = {
      id: "agr_9",
      customer: "Ada Lab",
      accounts: ["acct_1"],
      purpose: "research",
      from: "2026-01-01T00:00:00Z",
      until: "2027-01-01T00:00:00Z",
    };
    const file = bench.file("agreements.ndjson", JSON.stringify(line));
    const { stdout } = await run("agreement", "import", file, ...who);
    expect(stdout).toBe("1 agreement registered, 0 in a new version, 0 as before.\n");
    const both = await run("scan", "--agreements", file, "--quiet");
    expect(both.stderr).toContain("agreement 1: id: the ledger has it already");
    await run("agreement", "end", "agr_9", ...who);
    expect((await run("agreement", "show", "agr_9")).stdout).toMatch(
      /Ada Lab: ended 1 Jan 1970, version 2.*2 {2}ended 1970-01-01 00:00 by cora/s,
    );
  });

  it("says what makes no agreement", async () => {
    const add = (...words: readonly string[]) =>
      run("agreement", "add", "agr_8", ...terms, ...who, ...words);
    const nobody = await add(...term);
    expect(nobody.stderr).toContain("an agreement names at least one organization or account");
    const backwards = ["--from", "2026-11-01", "--until", "2026-10-01", "--account", "a"];
    expect((await add(...backwards)).stderr).toContain("must be after `from`");
    const few = await add(...term, "--account", "a", "--exchanges", "0.5");
    expect(few.stderr).toContain("--exchanges 0.5: give a whole number.");
    const closed = bench.file("closed.json", '[{"id":"m","is_trainable_text":false}]');
    const none = await add(...term, "--account", "a", "--models-from", closed);
    expect(none.stderr).toContain("it allows no model");
    expect((await run("agreement", "show", "agr_8")).stderr).toContain(
      "agr_8: the register has no",
    );
  });
});
