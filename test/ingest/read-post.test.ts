import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openJournal } from "../../src/ingest/journal.ts";
import { readPost } from "../../src/ingest/read-post.ts";
import { openSpool } from "../../src/ingest/spool.ts";
import { exchange, type IntakeBench, NOW, openBench } from "./intake-bench.ts";

const DAY = 86_400_000;
const ago = (days: number): string => new Date(NOW.getTime() - days * DAY).toISOString();

/** Lines as senders send them, and what is wrong with them. */
const LINES: readonly (readonly [unknown, RegExp | ""])[] = [
  [exchange(1), ""],
  [exchange(2, { time: "2026-04-30" }), ""],
  [exchange(3, { time: "2026-04-30T10:00:00.123456789+05:30" }), ""],
  [exchange(4, { request: '{"messages":[{"role":"user","content":"hello"}]}' }), ""],
  [exchange(5, { part: "usage", request: null, response: null, usage: { input: 3 } }), ""],
  [exchange(6, { request: undefined, response: undefined, usage: { output: 3 } }), ""],
  [exchange(7, { part: "response", request: undefined }), ""],
  [exchange(8, { account: 12 }), ""],
  [exchange(9, { request: undefined }), ""],
  [exchange(10, { request: null, fingerprints: { secret: "k", tokens: [1] } }), ""],
  [exchange(11, { id: undefined }), /^no id$/],
  [exchange(12, { account: "" }), /^no account$/],
  [exchange(13, { account: ["a"] }), /must be strings/],
  [exchange(14, { id: "x".repeat(513) }), /id is longer/],
  [exchange(15, { time: undefined }), /^no time$/],
  [exchange(16, { time: "soon" }), /time is not a date/],
  [exchange(17, { time: ago(401) }), /400 days ago/],
  [exchange(18, { time: ago(-2) }), /in the future/],
  [exchange(19, { part: "half" }), /part is none of/],
  [exchange(20, { part: "request", request: undefined }), /without a request/],
  [exchange(21, { part: "response", response: undefined }), /without a response/],
  [exchange(22, { request: undefined, response: undefined }), /none of request/],
  [exchange(23, { request: [1] }), /request is not an object/],
  ["text", /not a JSON object/],
];

let bench: IntakeBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

async function* chunks(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
const read = (text: string) => readPost(chunks(text), { reading: {}, now: NOW });
const ndjson = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

describe("a post", () => {
  it("keeps its good lines whatever the others are, and names the others without their text", async () => {
    const text = `${ndjson([exchange(1)])}\n{"id":\n${ndjson([exchange(2)])}`;
    const post = await read(text);
    expect(Buffer.concat(post.texts).toString()).toBe(ndjson([exchange(1), exchange(2)]));
    expect(post).toMatchObject({ rows: 2, refused: 1 });
    expect(post.refusals).toEqual([{ line: 3, reason: "not valid JSON, or nested too deeply" }]);
  });

  it("names at most a hundred refused lines and counts all", async () => {
    const post = await read(ndjson([exchange(1)]) + "nonsense\n".repeat(300));
    expect(post.refused).toBe(300);
    expect(post.refusals).toHaveLength(100);
    expect(post.refusals[99]).toMatchObject({ line: 101 });
  });

  it("holds logs of other formats too, in lines, in an array and alone", async () => {
    const call = {
      id: "call_1",
      call_type: "acompletion",
      startTime: NOW.getTime() / 1000,
      metadata: { user_api_key_user_id: "u", user_api_key_hash: "h" },
      model: "orion-4",
      messages: [{ role: "user", content: "hello" }],
      response: { choices: [{ message: { content: "hi" } }] },
    };
    const embedding = { ...call, call_type: "aembedding" };
    for (const text of [
      ndjson([call, embedding, { ...call, id: undefined }]),
      JSON.stringify([call, embedding, { ...call, id: undefined }]),
    ]) {
      const post = await read(text);
      expect(post).toMatchObject({ rows: 1, refused: 1, aside: { "embeddings calls": 1 } });
    }
    expect(await read(JSON.stringify(call))).toMatchObject({ rows: 1, refused: 0 });
  });

  it("is judged as the engine judges it", async () => {
    const post = await read(ndjson(LINES.map(([value]) => value)));
    const told = new Map(post.refusals.map(({ line, reason }) => [line, reason]));
    for (const [at, [, expected]] of LINES.entries()) {
      if (expected === "") expect(told.get(at + 1)).toBeUndefined();
      else expect(told.get(at + 1)).toMatch(expected);
    }
    const totals = await bench.load([bench.file("lines", ndjson(LINES.map(([value]) => value)))]);
    const engine = new Map(totals.rejections.map(({ line, reason }) => [line, reason]));
    expect([...engine.keys()]).toEqual([...told.keys()]);
    for (const [line, reason] of told) {
      expect(engine.get(line)).toBe(reason.replace(" in ISO 8601", ""));
    }
  });
});

describe("what a killed server had promised", () => {
  it("is taken up by the next scan of the folder, once", async () => {
    const journal = openJournal(await openSpool(bench.dataDir));
    const post = await read(ndjson([exchange(31), exchange(32), exchange(32)]));
    await journal.append(post);
    await journal.take();
    const nothing = bench.file("nothing", "");
    expect(await bench.load([nothing])).toMatchObject({ recovered: 2, lines: 0 });
    await journal.append(post);
    await journal.take();
    expect(bench.spooled()).toHaveLength(1);
    expect(await bench.load([nothing])).toMatchObject({ recovered: 0 });
    expect(bench.spooled()).toEqual([]);
  });
});
