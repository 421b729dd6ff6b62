import { mkdtempSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Serving } from "../../src/server/serve.ts";
import { exchange } from "../ingest/intake-bench.ts";
import { serveLocally } from "./serve-locally.ts";

let serving: Serving;
beforeAll(async () => {
  serving = await serveLocally(mkdtempSync(join(tmpdir(), "stillwatch-attacks-")), {
    keepDays: 0,
    requestMs: 4_000,
    bodyBytes: 4_000_000,
  });
}, 240_000);
afterAll(() => serving.close(), 240_000);

const EMPTY = gzipSync("");
const JSON_TYPE = { "content-type": "application/json" };
const LINE = JSON.stringify(exchange(1));

async function post(
  path: string,
  body: string | Buffer,
  headers: Record<string, string> = JSON_TYPE,
) {
  const answer = await fetch(`${serving.url}/v1/${path}`, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : new Uint8Array(body),
  });
  return { status: answer.status, said: await answer.text() };
}
const wellAnswered = async (): Promise<boolean> => (await fetch(`${serving.url}/health`)).ok;

/** Sends bytes that no client would, and hears what is answered. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(serving.url).port), "127.0.0.1").on("error", () => {});
  socket.write(bytes);
  return text(socket);
}

describe("a server that is attacked takes nothing and stays up:", () => {
  const zeros = Buffer.alloc(5_000_000);
  it.each([
    ["a gzip bomb", gzipSync(zeros)],
    ["a zstd bomb", zstdCompressSync(zeros)],
    [
      "packed data that unpack to nothing",
      Buffer.concat(Array.from({ length: 201_000 }, () => EMPTY)),
    ],
    ["more lines than anybody sends", gzipSync("\n".repeat(1_000_001))],
  ])("%s", async (_, body) => {
    // Or it took longer to unpack than a request may take to arrive.
    expect([408, 413]).toContain((await post("exchanges", body)).status);
    expect(await wellAnswered()).toBe(true);
  });

  it.each([
    ["NUL bytes", `${LINE}\0`, "NUL byte"],
    ["a million objects", `{"id":[${"{},".repeat(1_000_001)}1]}`, "1,000,000 arrays and objects"],
    ["bytes that are no text", Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), "not valid UTF-8"],
  ])("%s in a line", async (_, body, reason) => {
    const { status, said } = await post("exchanges", body);
    expect([status, said]).toEqual([422, expect.stringContaining(reason)]);
  });

  it("an array of records on one line that is not the first", async () => {
    const call = '{"id":"1","call_type":"acompletion","startTime":1,"metadata":{},"messages":[]}';
    const { status, said } = await post("litellm", `${call}\n[${"1,".repeat(100_000)}1]\n`);
    expect([status, said]).toEqual([422, expect.stringContaining("more than 100,000 records")]);
  });

  it("spans that take two bytes each", async () => {
    const length = [
      0x80 | (2_400_000 & 0x7f),
      0x80 | ((2_400_000 >> 7) & 0x7f),
      0x80 | ((2_400_000 >> 14) & 0x7f),
      2_400_000 >> 21,
    ];
    const outer = 2_400_000 + 5;
    const around = [
      0x80 | (outer & 0x7f),
      0x80 | ((outer >> 7) & 0x7f),
      0x80 | ((outer >> 14) & 0x7f),
      outer >> 21,
    ];
    const spans = Buffer.alloc(2_400_000);
    for (let at = 0; at < spans.length; at += 2) spans[at] = 0x12;
    const body = Buffer.concat([Buffer.from([0x0a, ...around, 0x12, ...length]), spans]);
    const type = { "content-type": "application/x-protobuf" };
    const { status, said } = await post("traces", body, type);
    expect([status, said]).toEqual([400, expect.stringContaining("1,000,000 messages")]);
  });

  const head =
    "POST /v1/exchanges HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
  it.each([
    ["a broken chunk", `${head}transfer-encoding: chunked\r\n\r\nzz\r\n${LINE}\r\n0\r\n\r\n`],
    ["two lengths", `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
    ["two kinds of length", `${head}content-length: 5\r\ncontent-length: 6\r\n\r\n{}`],
    ["headers without end", `${head}x: ${"y".repeat(40_000)}\r\n\r\n`],
    ["headers that do not come to their end", head],
    ["a body that does not", `${head}content-length: 9\r\n\r\n{`],
    ["no HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"],
  ])("%s", async (_, bytes) => {
    expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await wellAnswered()).toBe(true);
  });

  it("and in all of this not one line was taken", () => {
    expect(serving.state()).toMatchObject({ taken: 0, waitingLines: 0 });
  });
});
