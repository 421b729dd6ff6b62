import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type IntakeBench, openBench } from "./intake-bench.ts";
import { example } from "./reading-bench.ts";

let bench: IntakeBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const files = readdirSync(example(""))
  .filter((name) => /\.(nd)?json$/.test(name) && !name.startsWith("bespoke"))
  .map(example);

describe("loadFiles, of other people's logs", () => {
  it("takes every dialect's exchanges with text, answer and usage, and repeats change nothing", async () => {
    const totals = await bench.load(files);
    expect(totals).toMatchObject({ lines: 12, accepted: 11, repeats: 0, rejected: 1 });
    expect(totals.aside).toEqual({ "embeddings calls": 5, "spans that are no call of a model": 4 });
    expect(await bench.load(files)).toMatchObject({ accepted: 0, repeats: 11 });
    const rows = await bench.ask(
      "SELECT id, account, prompt_bytes, answer_bytes, input_tokens, output_tokens, max_tokens, turn, finish, length(issued) AS issued, length(presented) AS presented, credential != 0 AS credential, status FROM exchanges ORDER BY id",
    );
    const golden = rows.map((row) => JSON.stringify(row)).join("\n");
    await expect(`${golden}\n`).toMatchFileSnapshot("./dialects/golden/exchanges.txt");
  });

  it("says of each refused record which line of which file it was on", async () => {
    const span = (trace: string, user: object) => ({
      traceId: trace,
      spanId: "aa",
      startTimeUnixNano: "1777540500000000000",
      attributes: [
        { key: "gen_ai.request.model", value: { stringValue: "orion-4" } },
        { key: "gen_ai.usage.input_tokens", value: { intValue: "5" } },
        { key: "user.id", value: user },
      ],
    });
    const line = (...spans: object[]) =>
      `${JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })}\n`;
    const known = { stringValue: "acct_1" };
    const path = bench.file(
      "spans.ndjson",
      line(span("t1", known), span("t2", known)) +
        line(span("t3", {}), span("t4", known), span("t5", {})) +
        line() +
        line(span("t6", {})),
    );
    const totals = await bench.load([path]);
    expect(totals).toMatchObject({ lines: 6, accepted: 3, rejected: 3 });
    expect(totals.aside).toEqual({ "deliveries without content": 1 });
    expect(totals.rejections.map(({ line: at, reason }) => [at, reason])).toEqual([
      [2, "no account"],
      [2, "no account"],
      [4, "no account"],
    ]);
    await bench.load([path]);
    const recorded = `SELECT line, reason FROM rejected WHERE file = '${path}' ORDER BY line`;
    expect(await bench.ask(recorded)).toEqual([
      { line: "2", reason: "no account" },
      { line: "4", reason: "no account" },
    ]);
  });

  it("fingerprints a conversation alike, whichever dialect logged it", async () => {
    const asked = "Explain to me how the harbour pilot reads the currents at the narrow entrance.";
    const messages = [{ role: "user", content: asked }];
    const answer = `${"The pilot watches the buoys lean and the foam lines drift with the stream. ".repeat(2)}So.`;
    const [lite] = readFileSync(example("litellm.ndjson"), "utf8").split("\n");
    const body = { choices: [{ message: { role: "assistant", content: answer } }] };
    const ours = {
      id: "own",
      time: "2026-04-30T09:00:00Z",
      account: "a",
      request: { messages },
      response: body,
    };
    const theirs = { ...(JSON.parse(lite ?? "") as object), id: "lite", messages, response: body };
    const langfuse = {
      id: "fuse",
      traceId: "t",
      type: "GENERATION",
      startTime: "2026-04-30T09:00:00Z",
      userId: "a",
      input: messages,
      output: answer,
    };
    await bench.load([
      bench.file("own.ndjson", `${JSON.stringify(ours)}\n`),
      bench.file("lite.ndjson", `${JSON.stringify(theirs)}\n`),
      bench.file("fuse.json", JSON.stringify([langfuse])),
    ]);
    const rows = await bench.ask(
      "SELECT id, tokens, arrayFilter(k -> bitAnd(k, 15) IN (1, 2, 3, 8), keys) AS keys, issued[1] AS said FROM exchanges WHERE id IN ('own', 'lite', 'fuse') ORDER BY id",
    );
    expect(rows).toHaveLength(3);
    const [first, ...others] = rows.map(({ tokens, keys, said }) => ({ tokens, keys, said }));
    expect(JSON.stringify(first?.keys).split(",").length).toBeGreaterThan(2);
    for (const other of others) expect(other).toEqual(first);
  });
});
