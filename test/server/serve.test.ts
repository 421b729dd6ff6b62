import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { everyRoute } from "../../scripts/docs/every-route.ts";
import { silent } from "../../src/core/progress.ts";
import { scan } from "../../src/judge/scan.ts";
import { openApi } from "../../src/server/open-api.ts";
import type { ServeOptions, Serving } from "../../src/server/serve.ts";
import { exchange, NOW, openBench } from "../ingest/intake-bench.ts";
import { warehouseProcesses } from "../warehouse/notes-warehouse.ts";
import { makeToken } from "./make-token.ts";
import { serveLocally } from "./serve-locally.ts";

let serving: Serving | undefined;
let dataDir = newFolder();
const notices: unknown[] = [];

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "stillwatch-serve-"));
}

async function open(change: Partial<ServeOptions> = {}): Promise<string> {
  serving = await serveLocally(dataDir, {
    keepTextDays: 7,
    onNotice: (notice, error) => notices.push([notice, error]),
    ...change,
  });
  return serving.url;
}

afterEach(async () => {
  await serving?.close();
  serving = undefined;
}, 120_000);

async function post(url: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson", ...headers },
    body: typeof body === "string" ? body : new Uint8Array(body),
  });
  const said = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, headers: answer.headers, said };
}

const lines = (...numbers: readonly number[]): string =>
  numbers.map((number) => `${JSON.stringify(exchange(number))}\n`).join("");

async function kept(): Promise<readonly unknown[]> {
  const bench = await openBench(dataDir);
  const rows = await bench.ask("SELECT id FROM exchanges ORDER BY id");
  const texts = await bench.ask(
    "SELECT DISTINCT arrayJoin(ids) AS id FROM sealed_texts ORDER BY id",
  );
  await bench.warehouse.close();
  return [rows.map(({ id }) => id), texts.map(({ id }) => id)];
}

describe("a server", () => {
  it("takes exchanges, plain and packed, each once, and keeps text only where the account's contract says so", async () => {
    const url = await open();
    const accounts = [
      { account: "acct_1", text: "keep" },
      { account: "acct_2", text: "keep" },
      { account: "acct_2", text: "none" },
      { account: "acct_3", text: "sometimes" },
    ];
    const about = accounts.map((one) => `${JSON.stringify(one)}\n`).join("");
    const told = await post(`${url}/v1/accounts`, about);
    expect(told.said).toMatchObject({ taken: 3, refused: 1, refusals: [{ line: 4 }] });
    const answers = await Promise.all([
      post(`${url}/v1/exchanges`, `${lines(1, 2)}nonsense\n${lines(3)}`),
      post(`${url}/v1/exchanges`, gzipSync(lines(4))),
      post(`${url}/v1/exchanges`, zstdCompressSync(lines(5, 5))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0]?.said).toEqual({
      taken: 3,
      refused: 1,
      refusals: [{ line: 3, reason: "not valid JSON, or nested too deeply" }],
      aside: {},
    });
    await post(`${url}/v1/exchanges`, lines(1, 2, 3, 4, 5));
    const end = await serving?.close();
    expect(end).toMatchObject({ taken: 11, accepted: 5, repeats: 6, rejected: 0, waitingLines: 0 });
    serving = undefined;
    expect(await kept()).toEqual([["ex_1", "ex_2", "ex_3", "ex_4", "ex_5"], ["ex_1"]]);
    expect(readdirSync(join(dataDir, "spool"))).toEqual([]);
  });

  it("leaves a folder that a scan judges", async () => {
    const { result } = await scan({
      files: [],
      dataDir,
      tickSeconds: 3600,
      q: 0.01,
      keepTextDays: 0,
      strict: false,
      now: NOW,
      progress: silent,
    });
    expect(result).toMatchObject({ exchanges: 5, accounts: 5 });
  });

  it("answers LiteLLM's logger, whose lines, arrays and single records all say they are JSON", async () => {
    dataDir = newFolder();
    const url = await open();
    const call = (id: string) => ({
      id,
      call_type: "acompletion",
      startTime: NOW.getTime() / 1000,
      metadata: { user_api_key_user_id: "u" },
      messages: [{ role: "user", content: "hello" }],
      response: { choices: [{ message: { content: "hi" } }] },
    });
    const json = { "content-type": "application/json" };
    for (const body of [
      JSON.stringify([call("a"), call("b")]),
      `${JSON.stringify(call("c"))}\n${JSON.stringify(call("d"))}`,
      JSON.stringify(call("e")),
    ]) {
      expect((await post(`${url}/v1/litellm`, body, json)).status).toBe(200);
    }
    expect(await serving?.close()).toMatchObject({ taken: 5, accepted: 5 });
  });

  it("takes what the OpenTelemetry SDK's exporters send, and says of spans what the protocol wants said", async () => {
    const url = `${await open()}/v1/traces`;
    const fixture = new URL("../fixtures/otlp/exported.json", import.meta.url);
    const { protobuf, json } = JSON.parse(readFileSync(fixture, "utf8"));
    const binary = { "content-type": "application/x-protobuf" };
    const send = (body: Buffer, headers: Record<string, string>) =>
      fetch(url, { method: "POST", headers, body: new Uint8Array(body) });
    const packed = gzipSync(Buffer.from(protobuf, "base64"));
    const whole = await send(packed, { ...binary, "content-encoding": "gzip" });
    expect([whole.status, await whole.text()]).toEqual([200, ""]);
    expect(whole.headers.get("content-type")).toBe("application/x-protobuf");
    const asJson = await post(url, JSON.stringify(json), { "content-type": "application/json" });
    expect(asJson).toMatchObject({ status: 200, said: {} });
    // Without an account: 0a … is `partial_success`, 08 01 one span, 12 … the reason.
    const nameless = Buffer.from(protobuf, "base64").toString("latin1");
    const bare = nameless
      .replace("stillwatch.account", "stillwatch.accoun_")
      .replace("user.id", "user_id");
    const partly = await send(Buffer.from(bare, "latin1"), binary);
    expect(Buffer.from(await partly.arrayBuffer()).toString("latin1")).toBe(
      "\n\x0e\x08\x01\x12\nno account",
    );
    const ownerless = JSON.stringify(json)
      .replace("stillwatch.account", "x")
      .replace("user.id", "y");
    expect((await post(url, ownerless, { "content-type": "application/json" })).said).toEqual({
      partialSuccess: { rejectedSpans: "1", errorMessage: "no account" },
    });
    expect((await send(Buffer.from([0xff]), binary)).status).toBe(400);
    expect((await post(url, "{}", { "content-type": "application/json" })).status).toBe(200);
    expect(await serving?.close()).toMatchObject({ taken: 2, accepted: 1, repeats: 1 });
  });

  it("tells senders to wait while too much waits or the disk is nearly full, the forgetful ones last", async () => {
    const full = await open({ leastFree: 1e18 });
    const refused = await post(`${full}/v1/exchanges`, lines(1));
    expect(refused).toMatchObject({ status: 429, said: { code: "SW_DISK_LOW" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    await serving?.close();
    const bytes = lines(1).length;
    const url = await open({ mostWaiting: bytes - 1, gatherMs: 60_000 });
    expect((await post(`${url}/v1/exchanges`, lines(1))).status).toBe(200);
    expect(await post(`${url}/v1/exchanges`, lines(2))).toMatchObject({
      status: 429,
      said: { code: "SW_BACKLOG" },
    });
    expect((await post(`${url}/v1/litellm`, lines(2))).status).toBe(200);
    expect((await post(`${url}/v1/litellm`, lines(3))).status).toBe(429);
  });

  it("refuses bodies that are too large, of another type, or cut off, and takes nothing of them", async () => {
    const url = await open({ bodyBytes: lines(6, 7).length });
    const to = `${url}/v1/exchanges`;
    expect((await post(to, gzipSync(lines(6, 7, 8)))).status).toBe(413);
    expect((await post(to, lines(6), { "content-type": "text/plain" })).status).toBe(415);
    expect((await post(to, Buffer.from("PAR1PAR1"))).status).toBe(415);
    expect(await post(to, "nonsense\n")).toMatchObject({
      status: 422,
      said: { code: "SW_LINES_REFUSED", taken: 0, refused: 1, refusals: [{ line: 1 }] },
    });
    const headers = { "content-type": "application/x-ndjson", "content-length": 1_000 };
    const cut = request(to, { method: "POST", headers }).on("error", () => {});
    cut.write(lines(6), () => cut.destroy());
    await new Promise((resolve) => cut.once("close", resolve));
    expect((await post(to, lines(6))).status).toBe(200);
    expect(await serving?.close()).toMatchObject({ taken: 1 });
  });

  it("ends a request that does not come to its end", async () => {
    const url = new URL(await open({ requestMs: 200 }));
    const socket = connect(Number(url.port), "127.0.0.1");
    socket.write(
      "POST /v1/exchanges HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{",
    );
    expect(await text(socket)).toMatch(/^HTTP\/1.1 408 [^]*SW_BODY_SLOW/);
  });

  it("answers pages in a browser nothing, nor what it does not know", async () => {
    const url = await open();
    const page = { origin: "https://example.org" };
    expect((await post(`${url}/v1/exchanges`, lines(1), page)).status).toBe(403);
    const port = Number(new URL(url).port);
    const socket = connect(port, "127.0.0.1");
    socket.write(
      "GET /v1/status HTTP/1.1\r\nhost: rebound.example.org\r\nconnection: close\r\n\r\n",
    );
    expect(await text(socket)).toMatch(/^HTTP\/1.1 403 /);
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    expect((await fetch(`${url}/v1/exchanges`)).status).toBe(405);
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "up" });
  });

  it("listens beyond this machine only when a token was made, and then asks everyone for it", async () => {
    dataDir = newFolder();
    for (const beyond of [{ host: "0.0.0.0" }, { proxies: ["127.0.0.1"] }])
      await expect(open(beyond)).rejects.toMatchObject({ code: "SW_TOKEN_FIRST" });
    const url = await open();
    expect((await fetch(`${url}/v1/status`)).status).toBe(200);
    const scopes = ["intake:write"] as const;
    const { token } = await makeToken(dataDir, { name: "gateway", scopes });
    const bearer = { authorization: `Bearer ${token}` };
    const status = async (): Promise<number> => (await fetch(`${url}/v1/status`)).status;
    await expect.poll(status).toBe(401);
    const unasked = await post(`${url}/v1/exchanges`, lines(1));
    expect(unasked).toMatchObject({ status: 401, said: { code: "SW_TOKEN_NEEDED" } });
    expect(unasked.headers.get("content-type")).toBe("application/problem+json");
    expect((await post(`${url}/v1/exchanges`, lines(1), bearer)).status).toBe(200);
    expect((await fetch(`${url}/v1/status`, { headers: bearer })).status).toBe(403);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    await serving?.close();
    expect(await open({ host: "0.0.0.0" })).toContain("http://0.0.0.0:");
  });

  it("takes from a token as much as its rate allows, and says when to come again", async () => {
    dataDir = newFolder();
    const scopes = ["intake:write"] as const;
    const order = { name: "backfill", scopes };
    const fast = await makeToken(dataDir, order);
    const slow = await makeToken(dataDir, { ...order, rate: { lines: 1 } });
    const bearer = { authorization: `Bearer ${slow.token}` };
    const url = `${await open({ clock: () => 0 })}/v1/exchanges`;
    const many = "nonsense\n".repeat(14) + lines(1);
    expect((await post(url, many, bearer)).status).toBe(200);
    const refused = await post(url, lines(2), bearer);
    expect(refused).toMatchObject({ status: 429, said: { code: "SW_RATE_EXCEEDED" } });
    expect(refused.headers.get("retry-after")).toBe("5");
    expect((await post(url, lines(2), { authorization: `Bearer ${fast.token}` })).status).toBe(200);
    expect(await serving?.close()).toMatchObject({ taken: 2 });
  });

  it("keeps what waits where only its owner can read it", async () => {
    dataDir = newFolder();
    const url = await open({ gatherMs: 60_000 });
    await post(`${url}/v1/exchanges`, lines(1));
    const spool = join(dataDir, "spool");
    const [part = ""] = readdirSync(spool);
    expect(statSync(join(spool, part)).mode & 0o777).toBe(0o600);
    expect(statSync(spool).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(spool, part), "utf8")).toBe(lines(1));
  });

  it(
    "goes on taking when the warehouse process dies, and brings everything into the next one",
    { timeout: 240_000 },
    async () => {
      dataDir = newFolder();
      const url = `${await open()}/v1/exchanges`;
      await post(url, lines(1));
      process.kill(warehouseProcesses(process.pid)[0] ?? 0, "SIGKILL");
      expect((await post(url, lines(2, 3))).status).toBe(200);
      const accepted = (): number | undefined => serving?.state().accepted;
      await expect.poll(accepted, { timeout: 200_000 }).toBeGreaterThanOrEqual(2);
      await serving?.close();
      serving = undefined;
      expect(await kept()).toEqual([["ex_1", "ex_2", "ex_3"], []]);
      const told = notices.splice(0).map((notice) => (notice as readonly unknown[])[0]);
      expect([[], ["stuck", "freed"]]).toContainEqual(told);
    },
  );

  it("describes every route that it has, and the reference has the same", async () => {
    dataDir = newFolder();
    const url = await open({ judging: { q: 0.01, tickSeconds: 3600, latenessSeconds: 0 } });
    const described = await (await fetch(`${url}/v1/openapi.json`)).json();
    expect(described).toEqual(openApi(everyRoute()));
  });

  it("says that nothing is judged yet, which is no failure", async () => {
    const url = await open({ judging: { q: 0.01, tickSeconds: 3600, latenessSeconds: 0 } });
    const answer = await fetch(`${url}/v1/groups`);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      expect.objectContaining({ code: "SW_JUDGING" }),
    ]);
  });

  it("judges on when the warehouse process died between ticks", { timeout: 120_000 }, async () => {
    dataDir = newFolder();
    const judging = { q: 0.01, tickSeconds: 60, latenessSeconds: 0, wakeMs: 1e9 };
    const url = `${await open({ judging })}/v1/exchanges`;
    await post(url, lines(1));
    await expect.poll(() => serving!.state().accepted, { timeout: 60_000 }).toBe(1);
    await serving!.judge!.wake();
    const before = serving!.judge!.state().closedTick;
    process.kill(warehouseProcesses(process.pid)[0] ?? 0, "SIGKILL");
    await post(url, lines(900));
    await expect.poll(() => serving!.state().accepted, { timeout: 60_000 }).toBe(2);
    const judged = async (): Promise<number> => {
      await serving!.judge!.wake();
      return serving!.judge!.state().closedTick;
    };
    await expect.poll(judged, { timeout: 60_000 }).toBeGreaterThan(before);
    expect(serving!.judge!.assessments()?.result.exchanges).toBe(2);
    const told = notices.splice(0).map((notice) => (notice as readonly unknown[])[0]);
    expect(["stuck", "freed", "failure"]).toEqual(expect.arrayContaining(told));
  });

  it("has had nothing else to tell an operator in all of this", () => {
    expect(notices).toEqual([]);
  });
});
