import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import {
  type Forwarder,
  type ForwarderOptions,
  openForwarder,
} from "../../src/ingest/open-forwarder.ts";
import { postLines } from "../../src/ingest/post-lines.ts";
import { openSpool } from "../../src/ingest/spool.ts";
import { exchange, type IntakeBench, NOW, openBench } from "./intake-bench.ts";

let bench: IntakeBench;
let receiver: Server;
let taken: string[];
/** What the receiver answers next; the last one stays. */
let statuses: number[];
let forwarder: Forwarder | undefined;

beforeAll(async () => {
  bench = await openBench();
  receiver = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 204;
      if (status < 300) taken.push(`${request.headers.authorization} ${body}`);
      response.writeHead(status).end();
    });
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
});
afterEach(() => forwarder?.close());
afterAll(async () => {
  receiver.close();
  await bench.close();
});

async function open(change: Partial<ForwarderOptions> = {}): Promise<string> {
  taken = [];
  statuses = [204];
  const { port } = receiver.address() as AddressInfo;
  forwarder = await openForwarder({
    host: "127.0.0.1",
    port: 0,
    warehouse: bench.warehouse,
    secret: await loadSecret(bench.dataDir),
    spool: await openSpool(bench.dataDir),
    now: () => NOW,
    deliver: postLines(new URL(`http://127.0.0.1:${port}/in?key=1`), "a-token"),
    ...change,
  });
  return forwarder.url;
}

async function post(url: string, body: string | Buffer, type = "application/x-ndjson") {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": type },
    body: typeof body === "string" ? body : new Uint8Array(body),
  });
  return { status: answer.status, ...((await answer.json()) as object) };
}

const lines = (...numbers: readonly number[]): string =>
  numbers.map((number) => `${JSON.stringify(exchange(number))}\n`).join("");

describe("the forwarder", () => {
  it("answers each of several posts for its own lines, once the receiver has them", async () => {
    const url = await open();
    const [plain, packed] = await Promise.all([
      post(url, `${lines(1, 2)}\n`),
      post(url, gzipSync(`${lines(3)}nonsense\n`)),
    ]);
    expect(plain).toEqual({ status: 200, lines: 2, rejected: 0, rejections: [] });
    expect(packed).toMatchObject({ status: 200, lines: 2, rejected: 1 });
    expect(packed).toMatchObject({
      rejections: [{ line: 2, reason: expect.stringContaining("not valid JSON") }],
    });
    const text = taken.join("");
    expect(text).toMatch(/^Bearer a-token /);
    for (const id of ["ex_1", "ex_2", "ex_3"]) expect(text).toContain(`"id":"${id}"`);
    expect(text).not.toContain("harbour");
    expect(bench.spooled()).toEqual([]);
  });

  it("acknowledges nothing that the receiver refused, and takes it when it is sent again", async () => {
    const url = await open();
    statuses = [500, 302, 204];
    for (const status of [500, 302]) {
      const answer = await post(url, lines(4));
      expect(answer).toMatchObject({ status: 502, error: { code: "SW_FORWARD_FAILED" } });
      expect(JSON.stringify(answer)).toContain(`it answered ${status}`);
      expect(JSON.stringify(answer)).not.toContain("key=1");
    }
    expect(taken).toEqual([]);
    expect(await post(url, lines(4))).toMatchObject({ status: 200 });
    expect(taken).toHaveLength(1);
  });

  it("refuses what is too large, what finds no room, and what a page in a browser could send", async () => {
    const long = lines(5, 6, 7);
    const url = await open({ postBytes: long.length - 1 });
    expect(await post(url, gzipSync(long))).toMatchObject({ status: 413 });
    expect(await post(url, long, "text/plain")).toMatchObject({ status: 415 });
    expect((await fetch(url)).status).toBe(405);
    expect(await post(url, lines(5))).toMatchObject({ status: 200 });
    await forwarder?.close();
    const busy = await open({ heldBytes: lines(8, 9).length - 1 });
    const both = await Promise.all([post(busy, lines(8)), post(busy, lines(9))]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 503]);
    expect(await post(busy, lines(9))).toMatchObject({ status: 200 });
  });

  it("says that an address is taken", async () => {
    const url = await open();
    const port = Number(new URL(url).port);
    const first = forwarder;
    await expect(open({ port })).rejects.toMatchObject({ code: "SW_LISTEN_FAILED" });
    forwarder = first;
  });
});
