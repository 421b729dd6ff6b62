import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { liftDecision } from "../../src/ledger/decisions.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { setSwitch } from "../../src/ledger/outbox.ts";
import { outboxStatus } from "../../src/ledger/outbox-status.ts";
import type { Step } from "../../src/ledger/tables.ts";
import { checkedStep, takeStep } from "../../src/ledger/take-step.ts";
import { readAudit } from "../../src/ledger/audit-file.ts";
import { verifyAudit } from "../../src/ledger/verify-audit.ts";
import { reconcileCommands } from "../../src/response/reconcile-commands.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";
import { confirmedCase } from "../ledger/feed-tests.ts";
import { names } from "../ledger/sample-group.ts";
import { openService, outboxOn, replies } from "./outbox-bench.ts";
import { settingsFor } from "./outbox-settings-for.ts";
import { isSigned, openReceiver, says } from "./receiver.ts";
import { SECRET } from "./sample-ticks.ts";

const bench = ledgerBench();
const by = "ana";
const reason = "one crew";
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const ok = replies(200);

/** A ledger with a confirmed case, on a clock that the test sets. */
async function opened(accounts: readonly string[]) {
  const clock = { time: 0 };
  const place = await bench.place();
  const ledger = await place.open(() => new Date(clock.time));
  await confirmedCase(ledger, accounts);
  return { ledger, clock, place };
}

function step(ledger: Ledger, wanted: Step, accounts: readonly string[], expires = "1970-02-01") {
  return ledger.change(async (change) => {
    const asked = { number: 1, step: wanted, reasonCode: "harvest", accounts, expires, by, reason };
    return takeStep(change, checkedStep(asked, change.time), `user:${by}`);
  });
}

const lift = (ledger: Ledger, decision: number, accounts?: readonly string[]) =>
  liftDecision(ledger, { decision, ...(accounts && { accounts }), by, reason });
const stop = (ledger: Ledger, liftsGo = false) =>
  setSwitch(ledger, { stop: true, liftsGo, by, reason });
const go = (ledger: Ledger) => setSwitch(ledger, { stop: false, liftsGo: false, by, reason });
const states = async (ledger: Ledger) => (await outboxStatus(ledger, 100)).states;

describe("the outbox", { timeout: 120_000 }, () => {
  it("asks the account service once for each account of a step, signed, the same at each try", async () => {
    const { ledger, clock } = await opened(names(3));
    const service = await openService((response, { account }, before) =>
      (account === "a2" && before < 3 ? replies(503) : ok)(response),
    );
    const { outbox } = outboxOn(ledger, settingsFor(service.receiver.url));
    await step(ledger, "deny", names(3));
    await outbox.look();
    expect(service.words().toSorted()).toEqual(["suspend a1", "suspend a2", "suspend a3"]);
    expect(await states(ledger)).toMatchObject({ applied: 2, queued: 1 });
    clock.time += 3_749;
    await outbox.look();
    expect(service.arrived()).toHaveLength(3);
    clock.time += 1;
    await outbox.look();
    await outbox.look();
    const { received } = service.receiver;
    expect(received.every((one) => isSigned(one, SECRET))).toBe(true);
    const [first, again] = received.filter(({ body }) => body.includes('"a2"'));
    expect([again!.body, again!.headers["webhook-id"]]).toEqual([
      first!.body,
      first!.headers["webhook-id"],
    ]);
    expect(JSON.parse(first!.body)).toMatchObject({
      type: "stillwatch.command",
      data: { version: 1, decision: "d1", case: "c1", reason_code: "harvest", lifts: null },
    });
    expect(await states(ledger)).toMatchObject({ applied: 3, queued: 0 });
    const { problems } = await verifyAudit(readAudit(ledger), { keys: ledger.keys.auditKeys });
    expect(problems).toEqual([]);
  });

  it("says each step in the service's words, and leaves to gateways what is theirs", async () => {
    const { ledger } = await opened(["a1", "a2", "a3", "a4"]);
    await ledger.change(({ tx }) =>
      tx
        .updateTable("case_members")
        .set({ role: "compromised" })
        .where("account", "=", "a2")
        .execute(),
    );
    const service = await openService(ok);
    const { outbox } = outboxOn(ledger, settingsFor(service.receiver.url));
    await step(ledger, "deny", ["a1", "a2"]);
    await step(ledger, "verify", ["a3"]);
    await step(ledger, "watermark", ["a4"]);
    await outbox.look();
    expect(service.words().toSorted()).toEqual(["rotate_key a2", "suspend a1", "verify a3"]);
  });

  it("withdraws what was never tried, and lifts what was or may have been, before anything else", async () => {
    const { ledger, clock } = await opened(names(5));
    let answer: (response: ServerResponse) => void = replies(500);
    const service = await openService((response) => answer(response));
    const { outbox } = outboxOn(ledger, settingsFor(service.receiver.url));
    await step(ledger, "limit", ["a1", "a2"]);
    await outbox.look();
    const tried = service.arrived();
    expect(tried).toHaveLength(2);
    await stop(ledger);
    await step(ledger, "deny", ["a3", "a4", "a5"]);
    await outbox.look();
    await lift(ledger, 1, ["a2"]);
    await lift(ledger, 2, ["a3"]);
    await outbox.look();
    expect(await states(ledger)).toMatchObject({ withdrawn: 2, queued: 4 });
    answer = ok;
    await go(ledger);
    clock.time += 10 * MINUTE;
    await outbox.look();
    const words = service.words().slice(2);
    expect(words[0]).toBe("lift a2");
    expect(words.toSorted()).toEqual(["lift a2", "limit a1", "suspend a4", "suspend a5"]);
    const lifted = tried.find(({ account }) => account === "a2")!;
    const after = service.arrived().find(({ command }) => command === "lift")!;
    expect(after.lifts).toBe(lifted.id);
    expect(after.sequence).toBeGreaterThan(lifted.sequence);
  });

  it("keeps the order of an account's commands, whatever fails", async () => {
    const { ledger, clock } = await opened(names(1));
    let broken = true;
    const service = await openService((response, { command }) =>
      (command === "limit" && broken ? replies(500) : ok)(response),
    );
    const { outbox } = outboxOn(ledger, settingsFor(service.receiver.url));
    await step(ledger, "limit", ["a1"]);
    await step(ledger, "deny", ["a1"]);
    await outbox.look();
    expect(service.words()).toEqual(["limit a1"]);
    broken = false;
    clock.time += MINUTE;
    await outbox.look();
    expect(service.words().slice(1)).toEqual(["limit a1", "suspend a1"]);
    await lift(ledger, 2);
    await outbox.look();
    expect(service.words().at(-1)).toBe("lift a1");
  });

  it("lifts a step that ran out, and one of a case that is forgotten", async () => {
    const { ledger, clock } = await opened(names(2));
    const service = await openService(ok);
    const { outbox } = outboxOn(ledger, settingsFor(service.receiver.url));
    await step(ledger, "deny", ["a1"], "1970-01-02");
    await step(ledger, "limit", ["a2"]);
    await outbox.look();
    clock.time = DAY;
    await outbox.look();
    expect(service.words().slice(2)).toEqual(["lift a1"]);
    await ledger.change(({ tx }) => tx.deleteFrom("decisions").execute());
    clock.time += MINUTE;
    await outbox.look();
    expect(service.words().slice(3)).toEqual(["lift a2"]);
  });

  it("sends nothing more from the moment it is stopped, on every node, but lifts where they may go", async () => {
    const { ledger, clock, place } = await opened(names(40));
    const other = await place.open(() => new Date(clock.time));
    const service = await openService((response, _command, before) => {
      // What is in hand is answered when the switch is thrown.
      if (before === 9) void stop(other, true).then(() => ok(response));
      else if (before < 9) ok(response);
      else setTimeout(() => ok(response), 200);
    });
    const { outbox } = outboxOn(ledger, settingsFor(service.receiver.url));
    await step(ledger, "deny", names(40));
    await outbox.look();
    const stopped = service.arrived().length;
    expect(stopped).toBeLessThan(25);
    await outbox.look();
    clock.time += DAY;
    await lift(ledger, 1, [service.arrived()[0]!.account]);
    await outbox.look();
    expect(service.words().slice(stopped)).toEqual([`lift ${service.arrived()[0]!.account}`]);
    await go(ledger);
    await outbox.look();
    const suspended = service.arrived().filter(({ command }) => command === "suspend");
    expect(new Set(suspended.map(({ account }) => account)).size).toBe(40);
    expect(await states(ledger)).toMatchObject({ queued: 0, withdrawn: 0 });
  });

  it("sends each command once where two nodes have the ledger", async () => {
    const { ledger, place } = await opened(names(60));
    const other = await place.open(() => new Date(0));
    const service = await openService(ok);
    const settings = settingsFor(service.receiver.url);
    const nodes = [ledger, other].map((one) => outboxOn(one, settings));
    await step(ledger, "deny", names(60));
    await Promise.all(nodes.map(({ outbox }) => outbox.look()));
    await Promise.all(nodes.map(({ outbox }) => outbox.look()));
    expect(nodes.flatMap(({ failures }) => failures)).toEqual([]);
    expect(service.arrived()).toHaveLength(60);
    expect(new Set(service.arrived().map(({ id }) => id)).size).toBe(60);
  });

  it("names what the service refused, and learns by asking what became of what it took for later", async () => {
    const { ledger, clock } = await opened(names(20));
    const service = await openService(
      (response, { account }) =>
        (account === "a7" ? replies(422, "refused", "no such account") : replies(202))(response),
      () => ({
        commands: service
          .arrived()
          .filter(({ account }) => account !== "a9")
          .map(({ id, account }) =>
            account === "a8"
              ? { id, state: "refused", reason: "it is protected" }
              : { id, state: "applied" },
          ),
      }),
    );
    const { outbox } = outboxOn(ledger, settingsFor(service.receiver.url));
    await step(ledger, "deny", names(20));
    await outbox.look();
    expect(await states(ledger)).toMatchObject({ sent: 19, refused: 1 });
    clock.time += 15 * MINUTE;
    await outbox.look();
    const { asked, states: after, open } = await outboxStatus(ledger, 100);
    expect([asked, after.applied, after.refused, after.sent]).toEqual([20, 17, 2, 1]);
    expect(open.map(({ account, state, note }) => [account, state, note])).toEqual([
      ["a7", "refused", "no such account"],
      ["a8", "refused", "it is protected"],
      ["a9", "sent", ""],
    ]);
    const question = service.receiver.received.find(({ body }) => body === "")!;
    expect(question.path).toBe("/commands?since=1970-01-01T00%3A00%3A00.000Z");
    expect(isSigned(question, SECRET)).toBe(true);
  });

  it("reads what became of commands page by page, and says so where it is no answer", async () => {
    const { ledger } = await opened(names(3));
    let pages: readonly object[] = [];
    const service = await openService(replies(202), () => {
      const at = service.receiver.received.filter(({ body }) => body === "").length - 1;
      return pages[at] ?? {};
    });
    const settings = settingsFor(service.receiver.url);
    const { outbox } = outboxOn(ledger, settings);
    await step(ledger, "deny", names(3));
    await outbox.look();
    const [one, two, three] = service.arrived().map(({ id }) => ({ id, state: "applied" }));
    const pending = { ...three!, state: "pending" };
    pages = [{ commands: [one], after: "x" }, { commands: [two, pending] }];
    const signal = new AbortController().signal;
    const ask = () =>
      reconcileCommands(
        ledger,
        { service: settings.service, now: new Date(0), signal },
        "user:ana",
      );
    expect(await ask()).toEqual({ asked: 3, settled: 2, unknown: 0 });
    expect(service.receiver.received.at(-1)!.path).toMatch(/&after=x$/);
    await expect(ask()).rejects.toMatchObject({ code: "SW_COMMANDS_UNANSWERED" });
  });

  it("gives a command up after a day, tells it, and still lifts it: nobody knows whether it came", async () => {
    const { ledger, clock } = await opened(names(1));
    let answer = replies(500);
    const service = await openService((response) => answer(response));
    const { outbox, failures } = outboxOn(ledger, settingsFor(service.receiver.url));
    await step(ledger, "deny", names(1));
    for (let tries = 0; tries < 60 && failures.length === 0; tries++) {
      await outbox.look();
      clock.time += 60 * MINUTE;
    }
    expect(failures).toMatchObject([{ code: "SW_COMMAND_FAILED" }]);
    expect(await states(ledger)).toMatchObject({ failed: 1 });
    answer = ok;
    await lift(ledger, 1);
    await outbox.look();
    expect(service.words().at(-1)).toBe("lift a1");
  });

  it("follows no redirect", async () => {
    const { ledger } = await opened(names(1));
    const target = await openReceiver(says(200));
    const redirect = await openReceiver(says(307, { location: target.url }));
    const { outbox } = outboxOn(ledger, settingsFor(redirect.url));
    await step(ledger, "deny", names(1));
    await outbox.look();
    expect(target.received).toEqual([]);
    const { open } = await outboxStatus(ledger, 1);
    expect(open).toMatchObject([{ state: "queued", note: "it answered 307" }]);
  });
});
