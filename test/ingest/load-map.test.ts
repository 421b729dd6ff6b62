import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exchangeByMap } from "../../src/ingest/field-map.ts";
import { loadMap } from "../../src/ingest/load-map.ts";

const folder = mkdtempSync(join(tmpdir(), "stillwatch-map-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mapOf(text: string) {
  const file = join(folder, "map.yaml");
  writeFileSync(file, text);
  return loadMap(file);
}

const MINIMAL = "fields:\n  id: id\n  time: at\n  account: who\n";

describe("a map", () => {
  it("takes the first path that says something, a constant, and names with dots", () => {
    const map = mapOf(
      "fields:\n  id: [a.b, c]\n  time: at\n  account: meta.user.id\n  platform: { value: shop }\n  usage.input: n\n",
    );
    const record = { c: "x", at: 1777540500, meta: '{"user.id": "u_1"}', n: "12" };
    expect(exchangeByMap(map, record, {})).toMatchObject({
      id: "x",
      time: "2026-04-30T09:15:00.000Z",
      account: "u_1",
      platform: "shop",
      usage: { input: 12 },
    });
    expect(exchangeByMap(map, { ...record, a: { b: 7 } }, {}).id).toBe("7");
  });

  it.each([
    ["text", "Say it.", { messages: [{ role: "user", content: "Say it." }] }],
    ["JSON that is no message", "[1, 2]", { messages: [{ role: "user", content: "[1, 2]" }] }],
    ["messages", [{ role: "user", content: "a" }], { messages: [{ role: "user", content: "a" }] }],
    [
      "a body as text",
      '{"messages":[{"role":"user","content":"a"}],"n":2}',
      { n: 2, messages: [{ role: "user" }] },
    ],
    [
      "a body of Gemini",
      { contents: [{ parts: [{ text: "a" }] }] },
      { contents: [{ parts: [{ text: "a" }] }] },
    ],
  ])("takes a request that is %s", (_, request, expected) => {
    const map = mapOf(`${MINIMAL}  request: asked\n`);
    expect(exchangeByMap(map, { asked: request }, {}).request).toMatchObject(expected);
  });

  it.each([
    ["text", "Said.", { choices: [{ message: { role: "assistant", content: "Said." } }] }],
    ["a stream of events", 'data: {"choices":[]}\n\n', 'data: {"choices":[]}\n\n'],
    [
      "chunks",
      [{ choices: [{ delta: { content: "a" } }] }],
      [{ choices: [{ delta: { content: "a" } }] }],
    ],
    ["a body of Responses", { output: [{ type: "message" }] }, { output: [{ type: "message" }] }],
    [
      "parts",
      {
        role: "ai",
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
      { choices: [{ message: { content: "a\nb" } }] },
    ],
  ])("takes a response that is %s", (_, response, expected) => {
    const map = mapOf(`${MINIMAL}  response: said\n`);
    const got = exchangeByMap(map, { said: response }, {}).response;
    if (typeof expected === "string") expect(got).toBe(expected);
    else expect(got).toMatchObject(expected);
  });

  it("keeps what its dialect found where it says nothing", () => {
    const map = mapOf("dialect: litellm\nfields:\n  account: team\n");
    const found = { id: "a", account: "b", usage: { input: 3 } };
    expect(exchangeByMap(map, { team: "t" }, found)).toMatchObject({ ...found, account: "t" });
    expect(exchangeByMap(map, {}, found)).toMatchObject(found);
  });

  it.each([
    ["fields:\n  id: a\n  tme: b\n", "line 3: fields.tme: no such key. Did you mean time?"],
    [
      "fields:\n  id: a\n  account: b\n",
      "line 1: fields: without `time`, which every exchange needs.",
    ],
    ["dialect: lite\nfields: {}\n", "line 1: dialect: "],
    [`${MINIMAL}  model: 7\n`, "line 5: fields.model: neither a path, nor a list of paths"],
  ])("says where it is wrong: %j", (text, message) => {
    expect(() => mapOf(text)).toThrow(message);
  });
});
