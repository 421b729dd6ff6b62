import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openServer } from "../../src/server/open-server.ts";
import { type AttackBench, openAttackBench } from "./attack-bench.ts";

let bench: AttackBench;
beforeAll(async () => {
  bench = await openAttackBench();
});
afterAll(() => bench.close());

const send: AttackBench["send"] = (...call) => bench.send(...call);
const ask: AttackBench["ask"] = (...call) => bench.ask(...call);
const raw: AttackBench["raw"] = (...call) => bench.raw(...call);

describe("a connection that would harm", () => {
  const post =
    "POST /v1/decision HTTP/1.1\r\nhost: x\r\nauthorization: Bearer TOKEN\r\ncontent-type: application/json\r\n";
  const hidden = "GET /health HTTP/1.1\r\nhost: x\r\n\r\n";
  it.each([
    ["a length in two forms", `${post}content-length: 2, 2\r\n\r\n{}${hidden}`],
    ["a length with a sign", `${post}content-length: +2\r\n\r\n{}${hidden}`],
    ["a length in hexadecimal", `${post}content-length: 0x2\r\n\r\n{}${hidden}`],
    ["a length below nothing", `${post}content-length: -1\r\n\r\n{}${hidden}`],
    ["two encodings", `${post}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`],
    ["an encoding of its own", `${post}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`],
    ["a space in a header's name", `${post}transfer-encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`],
    [
      "a header over two lines",
      `${post}transfer-encoding:\r\n chunked\r\ncontent-length: 2\r\n\r\n{}`,
    ],
    ["line feeds alone", `${post.replaceAll("\r", "")}content-length: 2\n\n{}${hidden}`],
    ["a chunk that ends wrongly", `${post}transfer-encoding: chunked\r\n\r\n2\n{}\n0\n\n${hidden}`],
    [
      "a chunk of too much beside it",
      `${post}transfer-encoding: chunked\r\n\r\n2;${"x".repeat(20_000)}`,
    ],
    ["a NUL in a header", `${post}x: a\0b\r\n\r\n`],
  ])("is ended with one refusal: %s", async (_, bytes) => {
    const statuses = await raw(bytes);
    expect(statuses).toHaveLength(1);
    expect(statuses[0]).toBeGreaterThanOrEqual(400);
  });

  it("holds no request in a body", async () => {
    const head = `${post}connection: close\r\ncontent-length: ${hidden.length}\r\n\r\n`;
    expect(await raw(head + hidden)).toEqual([415]);
  });

  it("is ended where it says nothing, or stops in a header or a body", async () => {
    const slow = ["", post, `${post}content-length: 9\r\n\r\n{`].map(raw);
    expect(await Promise.all(slow)).toEqual([[408], [408], [408]]);
  });

  it("names nobody twice, and writes no header into an answer", async () => {
    const named = (headers: string) =>
      raw(
        `GET /v1/gateways/nginx HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer ${bench.token}\r\n${headers}\r\n\r\n`,
      );
    expect(await named("x-stillwatch-account: a1")).toEqual([200]);
    expect(await named("x-stillwatch-account: free\r\nX-Stillwatch-Account: a1")).toEqual([400]);
    expect(
      await named("x-stillwatch-account: a1\r\nx-stillwatch-names: account=x\r\nx: a\r\nx: b"),
    ).toEqual([400]);
  });
});

it("readers who stay leave room for others", async () => {
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${bench.token}`, accept: "text/event-stream" };
  const { body } = await send("GET /v1/decisions", {
    headers: { authorization: `Bearer ${bench.token}` },
  });
  const { sequence } = body["signed"] as { readonly sequence: number };
  const read = () =>
    fetch(`${bench.url}/v1/decisions?since=${sequence}`, { headers, signal: stop.signal });
  const streams = await Promise.all(Array.from({ length: 256 }, read));
  expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await read()).status).toBe(503);
  expect((await ask("ana", "GET /v1/cases")).status).toBe(200);
  stop.abort();
  const again = async (): Promise<number> => {
    const answer = await fetch(`${bench.url}/v1/decisions?since=${sequence}`, { headers });
    await answer.body?.cancel();
    return answer.status;
  };
  await expect.poll(again, { timeout: 20_000 }).toBe(200);
});

it("a page that makes its own name lead to this machine is refused where no token is asked for", async () => {
  const other = await openServer({
    host: "127.0.0.1",
    port: 0,
    routes: bench.routes,
    tokens: { any: () => false, admit: () => "unknown" },
    onFailure: (error) => expect(error).toBeUndefined(),
  });
  const statusAs = async (host: string): Promise<string> => {
    const socket = connect(Number(new URL(other.url).port), "127.0.0.1");
    socket.write(
      `GET /v1/decision?account=a1 HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`,
    );
    return (await text(socket)).slice(9, 12);
  };
  const strange = ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "127.1"];
  for (const host of [...strange, "2130706433", "0x7f000001", "localhost:1@evil.example", ""])
    expect(await statusAs(host), host).toBe("403");
  for (const host of ["localhost:1", "127.0.0.1", "[::1]:80"])
    expect(await statusAs(host), host).toBe("200");
  await other.close();
});

it("who says nothing, or never ends, does not keep a server from ending", async () => {
  const other = await openServer({
    host: "127.0.0.1",
    port: 0,
    requestMs: 500,
    routes: bench.routes,
    tokens: bench.tokens,
    onFailure: (error) => expect(error).toBeUndefined(),
  });
  const head = `POST /v1/decision HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${bench.token}\r\n`;
  const ended = [
    "",
    head,
    `${head}content-type: application/json\r\ncontent-length: 9\r\n\r\n{`,
  ].map(async (bytes) => {
    const socket = connect(Number(new URL(other.url).port), "127.0.0.1").on("error", () => {});
    await once(socket, "connect");
    socket.write(bytes);
    return { closed: new Promise((done) => void socket.resume().on("close", done)) };
  });
  const sockets = await Promise.all(ended);
  await other.close();
  await Promise.all(sockets.map(({ closed }) => closed));
});

it("and in all of this nothing went wrong that was not foreseen", () => {
  expect(bench.failures).toEqual([]);
});
