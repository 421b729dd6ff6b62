import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { openSpool } from "../../src/ingest/spool.ts";
import { examineInput, type ExamineInputOptions } from "../../src/judge/examine-input.ts";
import { exchange, type IntakeBench, NOW, openBench } from "../ingest/intake-bench.ts";

let bench: IntakeBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

async function examine(change: Pick<ExamineInputOptions, "files"> & Partial<ExamineInputOptions>) {
  let milliseconds = 0;
  return examineInput({
    warehouse: bench.warehouse,
    spool: await openSpool(bench.dataDir),
    secret: await loadSecret(bench.dataDir),
    sampleBytes: 1e6,
    now: NOW,
    clock: () => (milliseconds += 1000),
    progress: silent,
    ...change,
  });
}

const written = (lines: readonly object[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const at = (minutes: number): string =>
  new Date(NOW.getTime() - 86_400_000 + minutes * 60_000 + 17).toISOString();
const EVERY_FIELD = { credential: "key_1", client: { ip: "203.0.113.9", user_agent: "a/1" } };
const answerOf = (number: number): string =>
  `The answer to question ${number} is that the ${"very ".repeat(20 + (number % 37))}calm sea stays calm.`;

/** Sixty conversations of two requests; `change` makes a line what the log has of it, or leaves it out. */
function conversations(change: (line: object, number: number) => object | undefined) {
  const lines: object[] = [];
  for (let number = 0; number < 60; number++) {
    const asked = { role: "user", content: `Which of the harbours is number ${number}, and why?` };
    const answer = (content: string) => ({
      choices: [{ message: { role: "assistant", content } }],
    });
    const first = { request: { messages: [asked] }, response: answer(answerOf(number)) };
    const messages = [
      asked,
      { role: "assistant", content: answerOf(number) },
      { role: "user", content: `And number ${number} at night?` },
    ];
    const second = { request: { messages }, response: answer(answerOf(number + 1000)) };
    for (const [turn, body] of [first, second].entries()) {
      const id = `ex_${2 * number + turn}`;
      const line = exchange(number, { id, time: at(10 * number + turn), ...body });
      const logged = change(line, 2 * number + turn);
      if (logged !== undefined) lines.push(logged);
    }
  }
  return written(lines);
}

describe("examineInput", () => {
  it("finds nothing in the way of whole lines with their accounts, and keeps no text", async () => {
    const exchanges = bench.file(
      "whole.ndjson",
      conversations((line) => ({ ...line, ...EVERY_FIELD, level: "info" })),
    );
    const accounts = bench.file(
      "accounts.ndjson",
      written(
        [0, 1, 2, 3, 4, 5, 6].map((n) => ({
          account: `acct_${n}`,
          payment: `card_${n}`,
          plan: "pro",
          created: "2026-01-02",
        })),
      ),
    );
    const found = await examine({ files: [exchanges], accounts });
    expect(found.problems).toEqual([]);
    expect(found).toMatchObject({
      sample: { inputs: 1, of_inputs: 1, whole: true, scale: 1 },
      lines: { lines: 120, accepted: 120, rejected: 0 },
      blind: [],
      findings: {
        coverage: { exchanges: 120, answer: 120, earlier_turns: 60, network: 120, billed: 0 },
        accounts: { accounts: 7, known: 7, paying: 7, organized: 0, exchanges_known: 120 },
        turns: { going_on: 60, late: 30, joined: 30, answered: 30, echoed: 30 },
        times: { first: "2026-04-30 12:00:00.017", backward: 0, whole_seconds: 0 },
        ids: { repeats: 0, twins: 0, numbers: 120, neighbours: 119 },
        unread: [{ field: "level", lines: 120 }],
      },
      expected: { reading_seconds: 2, linking_seconds: 1, judging_seconds: 1 },
    });
    expect(found.expected?.disk_bytes).toBeGreaterThan(1000);
    expect(JSON.stringify(found)).not.toMatch(/harbour|calm/);
    expect(await bench.ask("SELECT * FROM sealed_texts")).toEqual([]);
  });

  it("notices a log of every third line, of cut answers, of whole minutes, and of exchanges twice", async () => {
    const spoilt = conversations((line, number) => {
      if (number % 3 !== 0) return undefined;
      const { time } = line as { time: string };
      const { response } = line as { response: { choices: { message: { content: string } }[] } };
      const content = response.choices[0]?.message.content.slice(0, 120);
      return {
        ...line,
        time: `${time.slice(0, 16)}Z`,
        response: { choices: [{ message: { content } }] },
      };
    });
    const twice = spoilt
      .replaceAll('"id":"ex_', '"id":"again/ex_')
      .split("\n")
      .slice(0, 10)
      .join("\n");
    const none = '{"id":"x"}\n';
    const stdin = Readable.from([gzipSync(`${spoilt}${none}${twice}`)]);
    const { sample, lines, problems, expected } = await examine({ files: ["-"], stdin });
    expect(sample).toMatchObject({ whole: true, scale: 1 });
    expect(lines.rejections).toEqual([{ file: "standard input", line: 41, reason: "no account" }]);
    expect(expected).toBeDefined();
    const said = problems.map(({ sentence }) => sentence).join("\n");
    expect(said).toContain("2.0 % of the lines are rejected");
    expect(said).toContain("20 % of the exchanges stand under two ids");
    expect(said).toContain("The answers look cut short at 120 characters");
    expect(said).toContain("All times are whole minutes");
    expect(said).toMatch(/^Blind: .*payment.* What they need is accounts: payment/m);
  });

  it("says that nothing could be found where no line is an exchange", async () => {
    const found = await examine({ files: [bench.file("other.ndjson", '{"prompt":"a"}\n')] });
    expect(found).not.toHaveProperty("findings");
    expect(found).not.toHaveProperty("expected");
    expect(found.problems).toMatchObject([{ level: "stops" }]);
    expect(found.lines).toMatchObject({ lines: 1, accepted: 0, rejected: 1 });
  });

  it("reads the beginnings of eight of many files, first and last among them, and scales by size", async () => {
    const parts = Array.from({ length: 15 }, (_, part) =>
      written(Array.from({ length: 400 }, (_line, n) => exchange(n, { id: `${part}/${n}` }))),
    );
    parts.forEach((text, part) => bench.file(`part-${String(part).padStart(2, "0")}.ndjson`, text));
    const glob = bench.file("part-00.ndjson", parts[0] ?? "").replace("00", "*");
    const { sample } = await examine({ files: [glob], sampleBytes: 8 * 70_000 });
    expect(sample).toMatchObject({ inputs: 8, of_inputs: 15, whole: false, bytes_each: 70_000 });
    expect(sample.total_bytes).toBe(parts.join("").length);
    expect(sample.scale).toBeCloseTo(parts.join("").length / sample.bytes, 1);
    const ids = await bench.ask(
      "SELECT DISTINCT toUInt8(splitByChar('/', id)[1]) AS part FROM exchanges ORDER BY part",
    );
    expect(ids.map(({ part }) => part)).toEqual([0, 2, 4, 6, 8, 10, 12, 14]);
  });
});
