import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { claimCommands, settleCommands } from "../../src/ledger/outbox.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { queueCommands } from "../../src/ledger/queue-commands.ts";
import { checkedStep, takeStep } from "../../src/ledger/take-step.ts";
import { confirmedCase } from "../ledger/feed-tests.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { names } from "../ledger/sample-group.ts";
import { EXAMPLE_COMMANDS } from "../../src/response/outbox-settings.ts";
import { runHere } from "./run-here.ts";

const dataDir = ledgerFolder();
afterAll(() => rmSync(dataDir, { recursive: true }));
const what = ["--as", "ana", "--reason", "wrong accounts"];
const run = (...words: readonly string[]) => runHere(...words, "--data", dataDir);

beforeAll(async () => {
  const ledger = await openLedger({ dataDir, now: () => new Date(0) });
  await confirmedCase(ledger, names(5));
  const step = { number: 1, step: "deny", reasonCode: "harvest", accounts: names(5) } as const;
  const wanted = { ...step, expires: "1970-02-01", by: "ana", reason: "one crew" };
  await ledger.change((change) => takeStep(change, checkedStep(wanted, change.time), "user:ana"));
  await queueCommands(ledger, { steps: ["deny"], recipientsOf: () => Promise.resolve(new Map()) });
  const claimed = await claimCommands(ledger, { own: true, most: 4, claimMs: 0 });
  const states = ["applied", "applied", "refused", "sent"] as const;
  const results = claimed.map(({ number }, at) => ({
    number,
    state: states[at]!,
    note: states[at] === "refused" ? "no\nsuch account" : "",
  }));
  await settleCommands(ledger, results, "system:outbox");
  await ledger.close();
});

describe("stillwatch outbox", () => {
  it("says what was asked and applied, and names the rest", async () => {
    expect((await run("outbox", "status")).stdout).toBe(
      `Asked 5, applied 2; 1 taken but not answered for, 1 waiting, 1 refused.
The oldest that is open: suspend (d1), sent since 1970-01-01 00:00.
  suspend a3 (d1): refused, tried once: no such account
  suspend a4 (d1): sent, tried once
  suspend a5 (d1): queued
`,
    );
    const { stdout } = await run("outbox", "status", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      asked: 5,
      states: { applied: 2, refused: 1, sent: 1, queued: 1, failed: 0, withdrawn: 0 },
      open: [{ account: "a3" }, { account: "a4" }, { account: "a5" }],
    });
  });

  it("stops and goes again, by somebody who says why", async () => {
    const { stdout } = await run("outbox", "stop", "--lifts-go", ...what);
    expect(stdout).toContain(
      "Stopped since 1970-01-01 00:00 by ana: nothing is sent. Lifts go on.",
    );
    expect((await run("case", "list")).stdout).toContain("\nCommands: Stopped since 1970-01-01");
    expect((await run("outbox", "go", ...what)).stdout).not.toContain("Stopped");
    expect((await run("audit", "verify")).code).toBe(0);
    const lines = (await run("audit", "export")).stdout;
    expect(lines).toMatch(/"outbox\.stopped"[^]*"outbox\.released"/);
  });

  it("prints a commands file, and says what keeps it from asking", async () => {
    expect((await runHere("outbox", "example")).stdout).toBe(EXAMPLE_COMMANDS);
    const file = join(dataDir, "commands.yaml");
    writeFileSync(file, EXAMPLE_COMMANDS);
    const { stderr } = await run("outbox", "reconcile", "--commands", file, "--as", "ana");
    expect(stderr).toContain("STILLWATCH_COMMANDS_SECRET is not set.");
  });
});
