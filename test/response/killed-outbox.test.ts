import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { liftDecision } from "../../src/ledger/decisions.ts";
import { outboxStatus } from "../../src/ledger/outbox-status.ts";
import { checkedStep, takeStep } from "../../src/ledger/take-step.ts";
import { confirmedCase } from "../ledger/feed-tests.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";
import { names } from "../ledger/sample-group.ts";
import { openService, replies } from "./outbox-bench.ts";

const CHILD = join(import.meta.dirname, "outbox-child.ts");
const bench = ledgerBench();
const by = "ana";
const reason = "one crew";

describe("an outbox whose process is killed", { timeout: 240_000 }, () => {
  it("while commands are on their way sends each again by its id, and lifts what may have come", async () => {
    const { dataDir, open } = await bench.place();
    const ledger = await open(() => new Date());
    await confirmedCase(ledger, names(12));
    const expires = "2199-01-01";
    const step = { number: 1, step: "deny", reasonCode: "harvest", accounts: names(12) } as const;
    await ledger.change((change) =>
      takeStep(change, checkedStep({ ...step, expires, by, reason }, change.time), "user:ana"),
    );
    let hang = true;
    const service = await openService((response) => {
      if (!hang) replies(200)(response);
    });
    const start = () =>
      spawn(process.execPath, [CHILD, dataDir, service.receiver.url], {
        stdio: ["pipe", "pipe", "inherit"],
      });
    const child = start();
    const ended = once(child, "exit");
    // The service has some and has not answered.
    await expect.poll(() => service.arrived().length, { timeout: 60_000 }).toBeGreaterThan(3);
    child.kill("SIGKILL");
    await ended;
    const [first] = service.arrived();
    await liftDecision(ledger, { decision: 1, accounts: [first!.account], by, reason });
    hang = false;
    const last = start();
    const isDone = async () => (await outboxStatus(ledger, 1)).states.applied;
    await expect.poll(isDone, { timeout: 60_000 }).toBe(12);
    last.stdin.end();
    await once(last, "exit");
    const lifts = service.arrived().filter(({ command }) => command === "lift");
    expect(lifts).toMatchObject([{ account: first!.account, lifts: first!.id }]);
    const again = service.arrived().filter(({ id }) => id === first!.id);
    expect(again).toHaveLength(1);
    const suspended = service.arrived().filter(({ command }) => command === "suspend");
    expect(new Set(suspended.map(({ account }) => account)).size).toBe(12);
    expect(new Set(suspended.map(({ id }) => id)).size).toBe(12);
  });
});
