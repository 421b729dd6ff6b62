import { expect, it } from "vitest";
import { liftDecision } from "../../src/ledger/decisions.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import {
  claimCommands,
  mayGo,
  readSwitch,
  setSwitch,
  settleCommands,
} from "../../src/ledger/outbox.ts";
import { openCommands, outboxStatus } from "../../src/ledger/outbox-status.ts";
import { queueCommands } from "../../src/ledger/queue-commands.ts";
import type { Command } from "../../src/ledger/command-states.ts";
import { confirmedCase, limit } from "./feed-tests.ts";
import type { LedgerBench } from "./ledger-bench.ts";
import { names } from "./sample-group.ts";

const MINUTE = 60_000;
const by = "ana";
const reason = "one crew";

const queue = (ledger: Ledger) =>
  queueCommands(ledger, { steps: ["limit"], recipientsOf: () => Promise.resolve(new Map()) });
const claim = (ledger: Ledger, only?: "lift") =>
  claimCommands(ledger, { own: true, most: 10, claimMs: MINUTE, only });
const words = (commands: readonly { readonly command: Command; readonly account: string }[]) =>
  commands.map(({ command, account }) => `${command} ${account}`);

/** What the outbox's store promises, on any engine. */
export function outboxTests({ place }: LedgerBench): void {
  it("makes one command of a step, whoever asks and how often, and a lift once it holds no more", async () => {
    const { open } = await place();
    const nodes = [await open(), await open()];
    const [ledger] = nodes as [Ledger, Ledger];
    await confirmedCase(ledger, names(1500));
    await limit(ledger);
    while ((await Promise.all(nodes.map(queue))).some(Boolean));
    expect((await outboxStatus(ledger, 1)).states).toMatchObject({ queued: 1500 });
    const taken = await claim(ledger);
    await settleCommands(
      ledger,
      taken.map(({ number }) => ({ number, state: "sent", note: "" })),
      "system:outbox",
    );
    expect(await openCommands(ledger)).toHaveLength(10);
    await liftDecision(ledger, { decision: 1, by, reason });
    while ((await Promise.all(nodes.map(queue))).some(Boolean));
    const { asked, states } = await outboxStatus(ledger, 1);
    expect([asked, states.withdrawn, states.sent, states.queued]).toEqual([20, 1490, 10, 10]);
    expect(words(await claim(ledger)).every((word) => word.startsWith("lift "))).toBe(true);
  });

  it("gives one command of an account to one node at a time, lifts first, again when a node is gone", async () => {
    const { open } = await place();
    const clock = { time: 0 };
    const now = () => new Date(clock.time);
    const [one, two] = [await open(now), await open(now)];
    await confirmedCase(one, names(2));
    await limit(one, ["a1"]);
    await queue(one);
    const [first] = await claim(one);
    expect(await claim(two)).toEqual([]);
    await limit(one, ["a1", "a2"]);
    await liftDecision(one, { decision: 1, by, reason });
    await queue(one);
    expect(words(await claim(two))).toEqual(["limit a2"]);
    clock.time += MINUTE;
    expect(words(await claim(two, "lift"))).toEqual(["lift a1"]);
    // The command that was lifted meanwhile stays withdrawn, whatever is answered for it now.
    await settleCommands(one, [{ number: first!.number, state: "applied", note: "" }], "x");
    expect(await outboxStatus(one, 9, 1)).toMatchObject({
      asked: 3,
      states: { withdrawn: 1, applied: 0 },
      oldest: { command: "lift", decision: 1, state: "queued" },
    });
    expect(await outboxStatus(one, 9, 2)).toMatchObject({ asked: 0, oldest: null, open: [] });
    clock.time += MINUTE;
    expect(words(await claim(one)).toSorted()).toEqual(["lift a1", "limit a2"]);
  });

  it("has a switch that every node sees", async () => {
    const { open } = await place();
    const [one, two] = [await open(), await open()];
    const may = async (command: Command) => mayGo(await readSwitch(two), { command });
    expect(await may("suspend")).toBe(true);
    await setSwitch(one, { stop: true, liftsGo: true, by, reason });
    expect([await may("suspend"), await may("lift")]).toEqual([false, true]);
    await setSwitch(one, { stop: true, liftsGo: false, by, reason });
    expect(await may("lift")).toBe(false);
    await setSwitch(one, { stop: false, liftsGo: false, by, reason });
    expect(await may("suspend")).toBe(true);
  });
}
