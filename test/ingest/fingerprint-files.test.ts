import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { fingerprintFiles } from "../../src/ingest/fingerprint-files.ts";
import type { FingerprintTotals } from "../../src/ingest/fingerprint-files.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { openSpool } from "../../src/ingest/spool.ts";
import { exchange, type IntakeBench, NOW, openBench } from "./intake-bench.ts";

const BODIES = join(import.meta.dirname, "../fixtures/bodies");
const DIALECTS = ["chat", "responses", "anthropic", "gemini", "envelope"];
const FILES = DIALECTS.map((dialect) => join(BODIES, `${dialect}.ndjson`));

let bench: IntakeBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

async function fingerprint(
  files: readonly string[],
  stdin?: Readable,
  onText: (text: string) => void = () => {},
): Promise<FingerprintTotals & { readonly text: string }> {
  let text = "";
  const totals = await fingerprintFiles({
    warehouse: bench.warehouse,
    secret: await loadSecret(bench.dataDir),
    spool: await openSpool(bench.dataDir),
    now: NOW,
    files,
    ...(stdin === undefined ? {} : { stdin }),
    progress: silent,
    deliver: async (lines) => {
      for await (const piece of lines) text += piece.toString("utf8");
      onText(text);
    },
  });
  return { ...totals, text };
}

describe("fingerprintFiles", () => {
  it("makes lines that are read back to the very rows their exchanges become", async () => {
    const rows = () => bench.ask("SELECT * FROM exchanges ORDER BY id, part");
    const parts = ["request", "response", "usage"].map((part) => ({
      ...exchange(900, { part, id: "parts", credential: "key_1", end_user: "a person" }),
      usage: { input: 5, output: 9 },
    }));
    const loose = bench.file("parts.ndjson", parts.map((line) => JSON.stringify(line)).join("\n"));
    const made = await fingerprint([...FILES, loose]);
    const raw = await bench.load([...FILES, loose]);
    const expected = await rows();
    expect(made).toMatchObject({ lines: raw.lines, rejected: raw.rejected });
    expect(expected.length).toBeGreaterThan(30);
    expect(expected.filter(({ part }) => part !== 7).length).toBeGreaterThanOrEqual(6);

    const other = await openBench();
    try {
      await other.load([other.file("made.ndjson", made.text)]);
      expect(await other.ask("SELECT * FROM exchanges ORDER BY id, part")).toEqual(expected);
    } finally {
      await other.close();
    }
  });

  it("lets no text out, of prompts, answers, tools, addresses, clients or keys", async () => {
    const line = exchange(1, {
      credential: "credentialname",
      end_user: "endusername",
      session: "sessionname",
      client: { ip: "203.0.113.77", user_agent: "agentname/1.0", ja4: "handshakename" },
      request: {
        model: "orion-4",
        tools: [{ type: "function", function: { name: "toolname" } }],
        messages: [
          { role: "system", content: "systemword ".repeat(30) },
          { role: "user", content: "promptword ".repeat(200) },
        ],
      },
      response: { choices: [{ message: { content: "answerword ".repeat(200) } }] },
    });
    const refused = '{"id":"x","request":{"messages":[{"role":"user","content":"refusedword"}]}}';
    const file = bench.file("secretive.ndjson", `${JSON.stringify(line)}\n${refused}\n`);
    const { text, rejections } = await fingerprint([file]);
    expect(text).toContain('"account":"acct_1"');
    expect(text).not.toMatch(/word|name|203\.0\.113/);
    expect(rejections).toEqual([{ file, line: 2, reason: "no account" }]);
  });

  it("hands on what came on a standard input that goes on", async () => {
    const stdin = new Readable({ read() {} });
    const first = Promise.withResolvers<string>();
    const running = fingerprint(["-"], stdin, first.resolve);
    stdin.push(`${JSON.stringify(exchange(1))}\n`);
    expect(JSON.parse(await first.promise)).toMatchObject({ id: "ex_1" });
    stdin.push(JSON.stringify(exchange(2)));
    stdin.push(null);
    const { lines, text } = await running;
    expect(lines).toBe(2);
    expect(text.trimEnd().split("\n")).toHaveLength(2);
  });
});
