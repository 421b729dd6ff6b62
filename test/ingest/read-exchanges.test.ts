import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bedrock } from "../../src/ingest/dialects/bedrock.ts";
import { litellm } from "../../src/ingest/dialects/litellm.ts";
import { loadMap } from "../../src/ingest/load-map.ts";
import { example, readText, recordsOf } from "./reading-bench.ts";

const own = { id: "ex_1", time: "2026-04-30T00:00:00Z", account: "acct_1", usage: { input: 1 } };
const ours = `${JSON.stringify(own)} \r\n\n{"id": "ex_2"}\n`;
const [call, embedding] = recordsOf("litellm.ndjson");
const lite = JSON.stringify(call);

describe("readExchanges", () => {
  it("hands our own lines on byte by byte, whatever follows the first ones", async () => {
    const { text, lines } = await readText(ours);
    expect(text).toBe(ours.replaceAll("\r", ""));
    expect(lines).toEqual([1, 3]);
  });

  it("tells a file's format by its first lines, and then each record by itself", async () => {
    const mixed = `not json\n${lite}\n${JSON.stringify(own)}\n{"a":1}\n[]\n7\n${JSON.stringify(embedding)}\n`;
    const { rows, refused, aside, lines } = await readText(mixed);
    expect(rows.map(({ id }) => id)).toEqual(["chatcmpl-L1", "ex_1"]);
    expect(lines).toEqual([2, 3]);
    expect(refused).toEqual([
      { line: 1, reason: "not valid JSON" },
      { line: 4, reason: expect.stringContaining("in no format that is known") as string },
      { line: 6, reason: "not a JSON object" },
    ]);
    expect(aside).toEqual({ "embeddings calls": 1 });
  });

  it("reads the records of arrays, on lines and as documents, with the line of each", async () => {
    const deliveries = `[${lite},${lite}]\n[${lite}]\n`;
    expect((await readText(deliveries)).lines).toEqual([1, 1, 2]);
    const document = JSON.stringify([call, own, call], null, 1);
    const whole = await readText(document);
    expect(whole.rows.map(({ id }) => id)).toEqual(["chatcmpl-L1", "ex_1", "chatcmpl-L1"]);
    expect(whole.lines[0]).toBe(2);
    expect(document.split("\n")[(whole.lines[1] ?? 0) - 1]).toBe(" {");
  });

  it("reads the same rows however the bytes are cut", async () => {
    for (const name of ["langfuse.json", "otlp-genai.json", "litellm.ndjson"]) {
      const text = readFileSync(example(name), "utf8");
      expect(await readText(text, {}, 7), name).toEqual(await readText(text));
    }
  });

  it("reads an array on one line of any length without its end", async () => {
    const text = `[${Array.from({ length: 2000 }, () => lite).join(",")}]`;
    expect(text.length).toBeGreaterThan(2 * 1024 * 1024);
    const { rows, lines } = await readText(text, {}, 64 * 1024);
    expect(rows).toHaveLength(2000);
    expect(new Set(lines)).toEqual(new Set([1]));
  });

  it("gives the same record the same ids every time", async () => {
    const text = readFileSync(example("otlp-genai.json"), "utf8");
    const ids = async () => (await readText(text)).rows.map(({ id }) => id);
    expect(await ids()).toEqual(await ids());
    expect(new Set(await ids()).size).toBe(2);
  });

  it("reads everything in the dialect that is named, or nothing", async () => {
    const forced = await readText(`${lite}\n`, { dialect: bedrock });
    expect(forced.rows[0]).toMatchObject({ platform: "bedrock" });
    const untouched = await readText(`${lite}\n`, { dialect: "own" });
    expect(untouched.text).toBe(`${lite}\n`);
    expect((await readText(ours, { dialect: litellm })).text).not.toBe(ours);
  });

  it("lets a map say where a dialect's fields come from", async () => {
    const fields = new Map([
      ["account", { paths: ["metadata.user_api_key_team_id"] }],
      ["platform", { value: "our-proxy" }],
    ] as const);
    const { rows } = await readText(`${lite}\n`, { map: { dialect: litellm, fields } });
    expect(rows[0]).toMatchObject({ account: "team_2", platform: "our-proxy", id: "chatcmpl-L1" });
  });

  it("reads bespoke lines by a map", async () => {
    const text = readFileSync(example("bespoke.ndjson"), "utf8");
    const { rows } = await readText(text, { map: loadMap(example("bespoke.map.yaml")) });
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatchObject({
      account: "t_1",
      time: "2026-04-30T09:20:00.000Z",
      request: { system: "You sail.", messages: [{ role: "user" }] },
    });
  });
});
