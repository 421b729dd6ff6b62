import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IntakeTotals } from "../../src/ingest/intake-totals.ts";
import { loadAccounts } from "../../src/ingest/load-accounts.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { type KeptText, readTexts } from "../../src/ingest/text-vault.ts";
import { exchange, type IntakeBench, openBench } from "./intake-bench.ts";

/** What should be read from a body; what is absent or null is not asked. */
interface Expected {
  readonly prompt: string | null;
  readonly answer: string | null;
  readonly finish: "stop" | "length" | "tool_calls" | "refusal" | "";
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly turn: number;
  /** Least numbers of hashes. */
  readonly presented: number;
  readonly issued?: number;
  readonly image?: boolean;
  readonly choices?: number;
}

const BODIES = join(import.meta.dirname, "../fixtures/bodies");
const DIALECTS = ["chat", "responses", "anthropic", "gemini", "envelope"] as const;
const FINISH = ["", "stop", "length", "tool_calls", "refusal"];
const IMAGE_BIT = 1024;
const EXPECTED = JSON.parse(readFileSync(join(BODIES, "expected.json"), "utf8")) as Record<
  string,
  Expected
>;

let bench: IntakeBench;
let totals: IntakeTotals;
let texts: ReadonlyMap<string, KeptText>;
beforeAll(async () => {
  bench = await openBench();
  const file = bench.file("accounts.ndjson", '{"account":"acct_keep","text":"keep"}');
  const secret = await loadSecret(bench.dataDir);
  await loadAccounts({ warehouse: bench.warehouse, file, secret });
  const files = DIALECTS.map((dialect) => join(BODIES, `${dialect}.ndjson`));
  totals = await bench.load(files, { keepTextDays: 7 });
  texts = await readTexts(bench.warehouse, secret, Object.keys(EXPECTED));
});
afterAll(() => bench.close());

const idsOf = (dialect: string) =>
  Object.keys(EXPECTED).filter((id) => id.startsWith(`${dialect}_`));

async function read(id: string) {
  const [row] = await bench.ask(`SELECT * FROM exchanges WHERE id = '${id}'`);
  const { prompt = "", answer = "" } = texts.get(id) ?? {};
  return { ...row, prompt, answer } as Record<string, unknown>;
}

describe.each(DIALECTS)("a body of %s", (dialect) => {
  it.each(idsOf(dialect))("is read: %s", async (id) => {
    const expected = EXPECTED[id] as Expected;
    const row = await read(id);
    const list = (name: string) => (row[name] as readonly string[]).length;
    expect({
      prompt: expected.prompt === null ? null : row["prompt"],
      answer: expected.answer === null ? null : row["answer"],
      finish: FINISH[Number(row["finish"])],
      input_tokens: row["input_tokens"],
      output_tokens: row["output_tokens"],
      turn: row["turn"],
    }).toEqual({
      prompt: expected.prompt,
      answer: expected.answer,
      finish: expected.finish,
      input_tokens: expected.input_tokens,
      output_tokens: expected.output_tokens,
      turn: expected.turn,
    });
    expect(list("presented")).toBeGreaterThanOrEqual(expected.presented);
    expect(list("issued")).toBeGreaterThanOrEqual(expected.issued ?? 0);
    expect((Number(row["intent"]) & IMAGE_BIT) !== 0).toBe(expected.image ?? false);
    if (expected.choices !== undefined) expect(row["choices"]).toBe(expected.choices);
  });
});

describe("lines of bodies", () => {
  it("are all accepted", () => {
    expect(totals).toMatchObject({ accepted: totals.lines, rejections: [] });
  });
});

describe("an exchange in parts", () => {
  it("is three rows, each with what its part says", async () => {
    const rows = await bench.ask(
      "SELECT part, prompt_bytes, answer_bytes, output_tokens FROM exchanges WHERE id = 'envelope_parts' ORDER BY part",
    );
    expect(rows).toMatchObject([
      { part: 1, prompt_bytes: 22, answer_bytes: 0, output_tokens: 0 },
      { part: 2, prompt_bytes: 0, answer_bytes: 12 },
      { part: 4, prompt_bytes: 0, answer_bytes: 0, output_tokens: 5 },
    ]);
  });
});

describe("an exchange of fingerprints only", () => {
  it("keeps them as they came", async () => {
    expect(await read("envelope_fingerprints_only")).toMatchObject({
      secret: "abcd1234",
      turn: 2,
      chain: "1234567890123456789",
      keys: ["81", "98", "18446744073709551601"],
      tokens: [5, 77, 1024],
      presented: ["42"],
      issued: ["43", "44"],
      intent: 8,
      answer_bytes: 480,
      output_tokens: 110,
      prompt: "",
    });
  });
});

describe("the system prompt's key", () => {
  it("is the same in every wire format, and there is none where there is no system prompt", async () => {
    const ask = [{ role: "user", content: "What is the time in Rome now?" }];
    const terse = "Be terse.";
    const requests = {
      none: { messages: ask },
      chat: { messages: [{ role: "system", content: terse }, ...ask] },
      anthropic: { system: terse, max_tokens: 9, messages: ask },
      responses: { instructions: terse, input: ask[0]!.content },
      gemini: {
        systemInstruction: { parts: [{ text: terse }] },
        contents: [{ role: "user", parts: [{ text: ask[0]!.content }] }],
      },
    };
    const lines = Object.entries(requests).map(([name, request]) =>
      JSON.stringify({ ...exchange(0), id: `system_${name}`, request }),
    );
    await bench.load([bench.file("system.ndjson", lines.join("\n"))]);
    const rows = await bench.ask(
      "SELECT id, toString(arrayFilter(key -> bitAnd(key, 15) = 4, keys)) AS own FROM exchanges WHERE startsWith(id, 'system_') ORDER BY id",
    );
    const own = new Map(rows.map((row) => [row["id"], row["own"]]));
    expect(own.get("system_none")).toBe("[]");
    const said = ["chat", "anthropic", "responses", "gemini"].map((name) =>
      own.get(`system_${name}`),
    );
    expect(new Set(said).size).toBe(1);
    expect(said[0]).not.toBe("[]");
  });
});
