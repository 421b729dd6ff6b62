import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Group } from "../../src/core/assessment.ts";
import type { BrokenGlass } from "../../src/ledger/review/broken-glass.ts";
import type { AlertSettings, Webhook } from "../../src/response/alert-settings.ts";
import { type AlertStore, openAlertStore } from "../../src/response/alert-store.ts";
import { type Alerts, openAlerts } from "../../src/response/open-alerts.ts";
import { sendWebhook } from "../../src/response/send-webhook.ts";
import { signWebhook } from "../../src/response/sign-webhook.ts";
import { isSigned, openReceiver, type Receiver, says } from "./receiver.ts";
import { flaggedGroup, resultOf, SECRET } from "./sample-ticks.ts";

const NEXT_SECRET = `whsec_${Buffer.alloc(24, 9).toString("base64")}`;
const NOON = Date.parse("2026-05-01T12:00:00Z");
const MINUTE = 60_000;

const webhook = (receiver: Receiver, change: Partial<Webhook> = {}): Webhook => ({
  name: "on-call",
  url: new URL(`${receiver.url}/hook`),
  format: "standard",
  secrets: [SECRET],
  ...change,
});

/** Alerts in a folder, on a clock that the test sets. */
function open(
  webhooks: readonly Webhook[],
  change: Partial<AlertSettings> = {},
  dataDir = folder(),
  written: (store: AlertStore) => AlertStore = (store) => store,
) {
  const clock = { time: NOON };
  const failures: unknown[] = [];
  const alerts = openAlerts({
    settings: {
      webhooks,
      link: null,
      nameAccounts: false,
      gatherMinutes: 0,
      quiet: undefined,
      ...change,
    },
    store: written(openAlertStore(dataDir)),
    now: () => new Date(clock.time),
    random: () => 0.5,
    onFailure: (error) => failures.push(error),
    lookMs: 5,
    attemptMs: 30_000,
  });
  onTestFinished(() => alerts.close());
  return { alerts, clock, failures, dataDir };
}

function folder(): string {
  return mkdtempSync(join(tmpdir(), "stillwatch-alerts-"));
}

function brokenGlass(proposal: number): BrokenGlass {
  const until = { ends: "2026-05-01T14:00:00.000Z", time: new Date(NOON).toISOString() };
  const what = { step: "deny", accounts: ["acct_1", "acct_2"], over: ["30 % of all"] } as const;
  return { proposal, by: "rex", case: "c7", lineage: "g1", ...until, ...what };
}

let ticks = 0;
function hear(alerts: Alerts, ...groups: readonly Group[]): void {
  const time = new Date(NOON + 60 * MINUTE * ticks++).toISOString();
  alerts.hear({ result: resultOf(...groups), time, fields: [] });
}

function flag(alerts: Alerts, ...ids: readonly string[]): void {
  hear(alerts, ...ids.map((id) => flaggedGroup(id, 90)));
}

/** How often the one message of a folder's outbox was tried, as it is noted; infinity once it was given up. */
function tries(dataDir: string): number {
  const { outbox, given_up } = openAlertStore(dataDir).read();
  return outbox[0]?.attempts ?? (given_up === 0 ? 0 : Number.POSITIVE_INFINITY);
}

const soon = (ask: () => unknown) => expect.poll(ask, { interval: 5 });

describe("alerts", { timeout: 240_000 }, () => {
  it("reach a webhook once, signed with both secrets while they change, and stay told after a restart", async () => {
    const receiver = await openReceiver(says(204));
    const { alerts, dataDir } = open([webhook(receiver, { secrets: [SECRET, NEXT_SECRET] })]);
    flag(alerts, "g1");
    flag(alerts, "g1");
    await soon(() => alerts.state().delivered).toBe(1);
    const [got] = receiver.received;
    expect([SECRET, NEXT_SECRET].map((secret) => isSigned(got!, secret))).toEqual([true, true]);
    expect(got!.headers).toMatchObject({
      "content-type": "application/json",
      "webhook-id": "group_g1.1",
      "webhook-timestamp": String(NOON / 1_000),
    });
    expect(JSON.parse(got!.body)).toMatchObject({
      type: "stillwatch.alerts",
      data: { version: 1, alerts: [{ id: "group_g1", sequence: 1, group: { accounts: 90 } }] },
    });
    expect(statSync(join(dataDir, "alerts.json")).mode & 0o777).toBe(0o600);
    await alerts.close();
    const again = open([webhook(receiver)], {}, dataDir);
    flag(again.alerts, "g1", "g2");
    await soon(() => receiver.ids()).toEqual(["group_g1.1", "group_g2.1"]);
  });

  it("are signed as the published example has it", () => {
    // docs.svix.com/receiving/verifying-payloads/how-manual, the scheme that Standard Webhooks took over.
    const content = {
      id: "msg_loFOjxBNrRLzqYUf",
      timestamp: 1_731_705_121,
      body: '{"event_type":"ping","data":{"success":true}}',
    };
    expect(signWebhook(content, ["whsec_plJ3nmyCDGBKInavdOK15jsl"])).toBe(
      "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
    );
  });

  it("are tried again later and later, with the same id and body, until they are taken", async () => {
    const receiver = await openReceiver((response, before) =>
      says([500, 429, 404, 200][before]!)(response),
    );
    const { alerts, clock, dataDir } = open([webhook(receiver)]);
    flag(alerts, "g1");
    // Three quarters of 5, 10 and 20 s, by the chance of this test.
    for (const [before, seconds] of [3.75, 7.5, 15].entries()) {
      await soon(() => tries(dataDir)).toBe(before + 1);
      clock.time += seconds * 1_000 - 1;
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(receiver.received).toHaveLength(before + 1);
      clock.time += 1;
    }
    await soon(() => alerts.state()).toMatchObject({ delivered: 1, outbox: 0, givenUp: 0 });
    expect(new Set(receiver.ids())).toEqual(new Set(["group_g1.1"]));
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(receiver.received.every((one) => isSigned(one, SECRET))).toBe(true);
  });

  it("are given up after a day, which the operator hears of and the state keeps", async () => {
    const receiver = await openReceiver(says(500));
    const { alerts, clock, failures, dataDir } = open([webhook(receiver)]);
    flag(alerts, "g1");
    for (let before = 0; before < Number.POSITIVE_INFINITY; before = tries(dataDir)) {
      await soon(() => tries(dataDir)).toBeGreaterThan(before);
      clock.time += 60 * MINUTE;
    }
    expect(receiver.received.length).toBeGreaterThan(20);
    expect(alerts.state()).toMatchObject({
      outbox: 0,
      dead: [{ webhook: "on-call", id: "group_g1.1", reason: "it answered 500" }],
    });
    expect(failures).toMatchObject([{ code: "SW_ALERT_UNDELIVERED" }]);
    expect(openAlertStore(dataDir).read().dead).toHaveLength(1);
  });

  it("follow no redirect, wait for no answer that doesn't come, and are given up at once where nothing more is wanted", async () => {
    const target = await openReceiver(says(200));
    const redirect = await openReceiver(says(307, { location: target.url }));
    const hanging = await openReceiver(() => {});
    const gone = await openReceiver(says(410));
    const { alerts } = open([
      webhook(redirect, { name: "redirect" }),
      webhook(hanging, { name: "hanging" }),
      webhook(gone, { name: "gone" }),
      webhook(target, { name: "target" }),
    ]);
    flag(alerts, "g1");
    await soon(() => alerts.state()).toMatchObject({ delivered: 1, givenUp: 1, outbox: 2 });
    await alerts.close();
    expect(target.received.map(({ path }) => path)).toEqual(["/hook"]);
    expect(alerts.state().dead).toMatchObject([{ webhook: "gone", reason: "it answered 410" }]);
    const send = (receiver: Receiver, attemptMs: number) =>
      sendWebhook(
        { id: "1", body: "{}" },
        {
          webhook: webhook(receiver),
          now: new Date(NOON),
          signal: new AbortController().signal,
          attemptMs,
        },
      );
    expect((await send(hanging, 100)).reason).toBe("it did not answer in time");
    expect((await send(redirect, 30_000)).reason).toBe(
      "it answered 307, a redirect, which is not followed",
    );
  });

  it("of some minutes go out together, one group's as one", async () => {
    const receiver = await openReceiver(says(200));
    const { alerts, clock } = open([webhook(receiver)], { gatherMinutes: 5 });
    flag(alerts, "g1");
    clock.time += 3 * MINUTE;
    hear(alerts, flaggedGroup("g1", 300), flaggedGroup("g2", 90));
    clock.time += 2 * MINUTE;
    await soon(() => receiver.received.length).toBe(1);
    const [only] = receiver.received;
    expect(only!.headers["webhook-id"]).toMatch(/^digest_[0-9a-f]{24}$/);
    expect(JSON.parse(only!.body).data.alerts).toMatchObject([
      { id: "group_g1", sequence: 2, changes: ["flagged", "grew"], group: { accounts: 300 } },
      { id: "group_g2", sequence: 1, changes: ["flagged"] },
    ]);
  });

  it("wait for the end of quiet hours, unless they matter enough", async () => {
    const receiver = await openReceiver(says(200));
    const quiet = { from: "11:00", to: "13:00", timeZone: "UTC", through: "high" } as const;
    const { alerts, clock } = open([webhook(receiver)], { quiet });
    flag(alerts, "g1");
    await soon(() => receiver.ids()).toEqual(["group_g1.1"]);
    hear(alerts, flaggedGroup("g1", 300));
    clock.time += 59 * MINUTE;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect([receiver.received.length, alerts.state().waiting]).toEqual([1, 1]);
    clock.time += MINUTE;
    await soon(() => receiver.ids()).toEqual(["group_g1.1", "group_g1.2"]);
  });

  it("of who broke glass go out at once and alone, in quiet hours too, and each once", async () => {
    const receiver = await openReceiver(says(200));
    const quiet = { from: "11:00", to: "13:00", timeZone: "UTC", through: "high" } as const;
    const link = "https://watch.test/{group}";
    const change = { quiet, gatherMinutes: 60, link };
    const { alerts, dataDir } = open([webhook(receiver)], change);
    flag(alerts, "g1");
    expect(alerts.glassRead()).toBeNull();
    alerts.tellGlass([], 3);
    alerts.tellGlass([brokenGlass(1), brokenGlass(2)], 9);
    await soon(() => receiver.ids()).toEqual(["glass_p1.1", "glass_p2.1"]);
    const [alert] = JSON.parse(receiver.received[0]!.body).data.alerts;
    expect(alert).toMatchObject({
      class: "people",
      severity: "high",
      title:
        "rex broke glass in case c7: deny for 2 accounts, taken alone, until 2026-05-01T14:00:00.000Z",
      link: "https://watch.test/g1",
      glass: { case: "c7", proposal: "p1", accounts: 2, by: "rex" },
    });
    expect(JSON.stringify(alert)).not.toContain("acct_");
    expect(alerts.state()).toMatchObject({ waiting: 1, delivered: 2 });
    await alerts.close();
    expect(open([webhook(receiver)], change, dataDir).alerts.glassRead()).toBe(9);
  });

  it("send nothing that is on its way again where what another webhook took can't be noted", async () => {
    const answers: (() => void)[] = [];
    let full = 1;
    const quick = await openReceiver(says(204));
    const slow = await openReceiver((response) => answers.push(() => says(204)(response)));
    const webhooks = [webhook(quick), webhook(slow, { name: "slow" })];
    const { alerts, failures } = open(webhooks, {}, folder(), (store) => ({
      ...store,
      write(book) {
        if (book.delivered === 1 && full-- > 0) throw new Error("the disk is full");
        store.write(book);
      },
    }));
    flag(alerts, "g1");
    await soon(() => [quick.received.length, slow.received.length]).toEqual([1, 1]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(slow.received).toHaveLength(1);
    answers[0]!();
    await soon(() => alerts.state()).toMatchObject({ delivered: 2, outbox: 0 });
    expect([quick.received.length, slow.received.length]).toEqual([2, 1]);
    expect(failures).toEqual([new Error("the disk is full")]);
  });

  it("speak to Slack's webhooks in its own form, and no name in them becomes a link or a call", async () => {
    const receiver = await openReceiver(says(200));
    const { alerts } = open([webhook(receiver, { format: "slack", secrets: [] })]);
    flag(alerts, "<!channel> & <https://x.test>");
    await soon(() => alerts.state().delivered).toBe(1);
    const [got] = receiver.received;
    const said = JSON.parse(got!.body);
    expect(said.text).toMatch(/^Group &lt;!channel&gt; &amp; &lt;https:\/\/x.test&gt; is flagged/);
    expect(said.blocks[0]).toMatchObject({ type: "section", text: { type: "mrkdwn" } });
    expect(got!.body).not.toMatch(/<!channel|<https/);
    expect(got!.headers["webhook-signature"]).toBeUndefined();
  });

  it("that are many go out in messages of twenty, without waiting for more", async () => {
    const receiver = await openReceiver(says(200));
    const { alerts } = open([webhook(receiver)], { gatherMinutes: 60 });
    flag(alerts, ...Array.from({ length: 45 }, (_, at) => `g${at}`));
    await soon(() => receiver.received.length).toBe(3);
    const counts = receiver.received.map(({ body }) => JSON.parse(body).data.alerts.length);
    expect(counts).toEqual([20, 20, 5]);
  });

  it("for a webhook that is not configured any more are given up", async () => {
    const receiver = await openReceiver(says(500));
    const { alerts, clock, dataDir } = open([webhook(receiver)]);
    flag(alerts, "g1");
    await soon(() => receiver.received.length).toBe(1);
    await alerts.close();
    const other = open([webhook(receiver, { name: "other" })], {}, dataDir);
    other.clock.time = clock.time + 60 * MINUTE;
    await soon(() => other.alerts.state().dead).toMatchObject([{ webhook: "on-call" }]);
  });

  it("are not told of ticks that were heard, when a judge begins anew", async () => {
    const receiver = await openReceiver(says(200));
    const { alerts } = open([webhook(receiver)]);
    const tick = (time: string, ...ids: readonly string[]) =>
      alerts.hear({ result: resultOf(...ids.map((id) => flaggedGroup(id, 90))), time, fields: [] });
    tick("2026-05-01T11:00:00.000Z", "g1");
    tick("2026-05-01T09:00:00.000Z");
    tick("2026-05-01T10:00:00.000Z");
    tick("2026-05-01T11:00:00.000Z", "g1", "g2");
    await soon(() => alerts.state().delivered).toBe(1);
    expect(receiver.ids()).toEqual(["group_g1.1"]);
  });

  it("are not begun on a book that is damaged", () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, "alerts.json"), "{");
    expect(() => open([], {}, dataDir)).toThrow(/alerts.json: cannot be used/);
    expect(readFileSync(join(dataDir, "alerts.json"), "utf8")).toBe("{");
  });
});
