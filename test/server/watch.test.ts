import { mkdtempSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import type { HealthReport } from "../../src/server/open-health.ts";
import { openWatch } from "../../src/server/open-watch.ts";
import type { Call } from "../../src/server/route.ts";
import type { ServeOptions, Serving } from "../../src/server/serve.ts";
import { exchange, NOW, openBench } from "../ingest/intake-bench.ts";
import { isSigned, openReceiver, says } from "../response/receiver.ts";
import { flaggedGroup, resultOf, SECRET } from "../response/sample-ticks.ts";
import { makeToken } from "./make-token.ts";
import { serveLocally } from "./serve-locally.ts";

let serving: Serving | undefined;
const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-watch-"));
const notices: unknown[] = [];

async function open(change: Partial<ServeOptions> = {}): Promise<string> {
  serving = await serveLocally(dataDir, {
    onNotice: (notice, error) => notices.push([notice, error]),
    ...change,
  });
  return serving.url;
}

afterEach(async () => {
  await serving?.close();
  serving = undefined;
}, 60_000);

async function send(url: string, from: number, to: number, change: object = {}): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, at) => from + at);
  const body = numbers.map((n) => `${JSON.stringify(exchange(n, change))}\n`).join("");
  const headers = {
    "content-type": "application/x-ndjson",
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  };
  const answer = await fetch(`${url}/v1/exchanges`, { method: "POST", headers, body });
  expect(answer.status).toBe(200);
}

/** The values of an exposition by name and labels. */
async function metricsOf(url: string): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0.0.4/);
  const lines = (await answer.text()).split("\n").filter((line) => /^\w/.test(line));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

/** How long a busy machine may take to judge. */
const BUSY_MS = 100_000;

const NO_INTAKE = {
  waitingBytes: 0,
  waitingLines: 0,
  waitingSince: null,
  taken: 0,
  accepted: 0,
  repeats: 0,
  rejected: 0,
};
const JUDGING = { q: 0.01, tickSeconds: 3600, latenessSeconds: 0 };

describe("a server that is watched", { timeout: 240_000 }, () => {
  it("tells how it does: lines, lag, judging, fields and disk, in its status and for Prometheus", async () => {
    const url = await open({ judging: JUDGING });
    const client = { ip: "203.0.113.9" };
    await send(url, 0, 60);
    await send(url, 60, 80, { client });
    await send(url, 4000, 4001);
    const status = async () => (await (await fetch(`${url}/v1/status`)).json()) as HealthReport;
    await expect.poll(async () => (await status()).judge, { timeout: BUSY_MS }).not.toBeNull();
    await expect.poll(async () => (await status()).fields.length, { timeout: BUSY_MS }).toBe(7);
    // What takes a question of the warehouse is up to five seconds old.
    const newest = async () => (await status()).newestExchange;
    await expect.poll(newest, { timeout: BUSY_MS }).toBe("2026-04-30T13:06:40.000Z");
    const told = await status();
    expect(told).toMatchObject({
      taken: 81,
      accepted: 81,
      waitingLines: 0,
      waitingSince: null,
      lagSeconds: 0,
      judge: { closedTick: "2026-04-30T13:00:00.000Z", backlogTicks: 0 },
      alerts: null,
    });
    expect(told.warehouseBytes).toBeGreaterThan(1_000);
    expect(told.diskFreeBytes).toBeGreaterThan(1_000);
    const ip = told.fields.find(({ field }) => field === "client.ip");
    expect(ip).toEqual({
      platform: "",
      field: "client.ip",
      exchanges: 80,
      accounts: 7,
      share: 0.25,
      accountShare: 1,
    });
    expect(await (await fetch(`${url}/v1/decision?account=acct_1`)).json()).toMatchObject({
      action: "allow",
    });
    const metrics = await metricsOf(url);
    const expected = {
      'stillwatch_decisions_total{action="allow"}': 1,
      'stillwatch_decisions_total{action="deny"}': 0,
      stillwatch_decision_accounts: 0,
      stillwatch_exchanges_accepted_total: 81,
      stillwatch_intake_lag_seconds: 0,
      stillwatch_judge_closed_tick_timestamp_seconds: Date.parse("2026-04-30T13:00:00Z") / 1_000,
      stillwatch_judge_backlog_ticks: 0,
      'stillwatch_field_share_ratio{platform="",field="client.ip"}': 0.25,
      'stillwatch_field_share_ratio{platform="",field="request"}': 1,
      'stillwatch_http_requests_total{method="POST",route="/v1/exchanges",status="200"}': 3,
    };
    for (const [name, value] of Object.entries(expected))
      expect(metrics.get(name), name).toBe(value);
    for (const name of ["load", "judge_tick", "http_request"]) {
      const counts = [...metrics].filter(([key]) =>
        key.startsWith(`stillwatch_${name}_duration_seconds_count`),
      );
      expect(counts.length, name).toBeGreaterThan(0);
    }
    expect(metrics.get("stillwatch_decision_age_seconds")).toBeLessThan(BUSY_MS / 1_000);
    expect(metrics.has("stillwatch_alerts_waiting")).toBe(false);
    expect(metrics.get("process_cpu_seconds_total")).toBeGreaterThan(0);
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({
      status: "ready",
      checks: { journal: true, warehouse: true, judge: true },
    });
  });

  it("sends traces of requests, loads and judging, with nothing of the traffic in them", async () => {
    const collector = await openReceiver(says(200));
    const tracing = { url: `${collector.url}/v1/traces`, headers: { "x-key": "k" }, service: "s" };
    const url = await open({ judging: JUDGING, tracing });
    await send(url, 10_000, 10_001);
    const judged = async () =>
      ((await (await fetch(`${url}/v1/status`)).json()) as HealthReport).judge;
    await expect.poll(judged, { timeout: BUSY_MS }).not.toBeNull();
    await serving?.close();
    serving = undefined;
    const bodies = collector.received.map(({ body }) => body).join("");
    expect(bodies).not.toMatch(/harbour|calm|acct_|orion|ex_/);
    const spans = collector.received.flatMap(
      ({ body }) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans,
    );
    expect(spans.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["POST /v1/exchanges", "load", "judge"]),
    );
    const request = spans.find(({ name }) => name === "POST /v1/exchanges");
    expect(request).toMatchObject({
      traceId: "0af7651916cd43dd8448eb211c80319c",
      parentSpanId: "b7ad6b7169203331",
      kind: 2,
      startTimeUnixNano: `${NOW.getTime()}000000`,
    });
    expect(collector.received[0]).toMatchObject({
      path: "/v1/traces",
      headers: { "x-key": "k", "content-type": "application/json" },
    });
  });

  it("alerts of what is flagged and of fields that stop coming, says what was not delivered, and is not ready while the judge is behind", async () => {
    const receiver = await openReceiver((response, before) =>
      says(before === 0 ? 200 : 410)(response),
    );
    const bench = await openBench();
    onTestFinished(() => bench.close());
    const hours = [0, 1, 2, 3].flatMap((hour) =>
      Array.from({ length: 60 }, (_, account) => {
        const client = hour < 3 ? { ip: `203.0.113.${account}` } : {};
        const change = { account: `a${account}`, platform: "gate", client };
        return JSON.stringify(exchange(hour * 3600 + account, change));
      }),
    );
    await bench.load([bench.file("hours.ndjson", hours.join("\n"))]);
    const first = NOW.getTime() / 1_000 - 86_400;
    let judged = 1;
    const webhook = { name: "on-call", url: new URL(receiver.url), format: "standard" } as const;
    const watch = openWatch({
      dataDir: bench.dataDir,
      intake: { state: () => NO_INTAKE },
      warehouse: bench.warehouse,
      judging: JUDGING,
      judge: () => ({ closedTick: first + 3600 * judged, tickMs: 0, waits: false }),
      now: () => NOW,
      clock: () => performance.now(),
      onFailure: (error) => notices.push(error),
      alerting: {
        webhooks: [{ ...webhook, secrets: [SECRET] }],
        link: null,
        nameAccounts: false,
        gatherMinutes: 0,
        quiet: undefined,
      },
    });
    for (const hour of [1, 2, 3]) watch.assessed(resultOf(), first + hour * 3600);
    watch.assessed(resultOf(flaggedGroup("g1", 90)), first + 4 * 3600);
    await expect.poll(() => receiver.received.length, { timeout: BUSY_MS }).toBe(1);
    const [got] = receiver.received;
    expect(isSigned(got!, SECRET)).toBe(true);
    expect(JSON.parse(got!.body).data.alerts).toMatchObject([
      { id: "group_g1", changes: ["flagged"] },
      { id: "field_gate_client.ip", changes: ["lost"], field: { share: 0, usual: 1 } },
    ]);
    watch.assessed(resultOf(flaggedGroup("g1", 300)), first + 5 * 3600);
    const status = watch.routes([]).find(({ path }) => path === "/v1/status");
    const alerts = async () =>
      ((await status!.answer({} as IncomingMessage, {} as Call)) as { readonly body: HealthReport })
        .body.alerts;
    await expect.poll(alerts, { timeout: BUSY_MS }).toMatchObject({
      delivered: 1,
      dead: [{ webhook: "on-call", id: "group_g1.2", reason: "it answered 410" }],
      lostFields: ["gate client.ip"],
    });
    const ready = watch.routes([]).find(({ path }) => path === "/ready");
    expect(await ready!.answer({} as IncomingMessage, {} as Call)).toEqual({
      status: 503,
      body: { status: "not ready", checks: { journal: true, warehouse: true, judge: false } },
    });
    judged = 3;
    const answered = async () => (await ready!.answer({} as IncomingMessage, {} as Call)).status;
    await expect.poll(answered, { timeout: BUSY_MS }).toBe(200);
    await watch.close();
    expect(notices.splice(0)).toMatchObject([{ code: "SW_ALERT_UNDELIVERED" }]);
  });

  it("asks for the scope of metrics once a token exists, and answers anybody whether it lives and is ready", async () => {
    const url = await open();
    const scopes = ["metrics:read"] as const;
    const { token } = await makeToken(dataDir, { name: "prometheus", scopes });
    const headers = { authorization: `Bearer ${token}` };
    await expect.poll(async () => (await fetch(`${url}/metrics`)).status).toBe(401);
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/v1/status`, { headers })).status).toBe(403);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
  });

  it("has had nothing else to tell an operator in all of this", () => {
    expect(notices).toEqual([]);
  });
});
