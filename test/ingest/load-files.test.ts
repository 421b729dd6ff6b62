import { Readable } from "node:stream";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProgressEvent } from "../../src/core/progress.ts";
import { loadAccounts } from "../../src/ingest/load-accounts.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { readTexts } from "../../src/ingest/text-vault.ts";
import { exchange, type IntakeBench, NOW, openBench } from "./intake-bench.ts";

let bench: IntakeBench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const count = async (where: string) =>
  Number((await bench.ask(`SELECT count() AS n FROM exchanges WHERE ${where}`))[0]?.["n"]);

/** Lines with an id of their own, so that tests do not meet each other's. */
const tagged = (tag: string, number: number, change: object = {}) =>
  `${JSON.stringify(exchange(number, { id: `${tag}_${number}`, ...change }))}\n`;

const many = (tag: string, until: number) =>
  Array.from({ length: until }, (_, i) => tagged(tag, i)).join("");

describe("loadFiles", () => {
  it("reads plain, gzip and zstd by their bytes, whatever their names, through paths and globs", async () => {
    const text = many("pack", 30);
    const half = text.slice(0, text.indexOf("\n", text.length / 2) + 1);
    bench.file("pack-a.txt", half);
    bench.file("pack-b.ndjson", gzipSync(text.slice(half.length)));
    const glob = bench.file("pack-c.gz", zstdCompressSync(many("packed", 10))).replace("c.gz", "*");
    const totals = await bench.load([glob]);
    expect(totals).toMatchObject({ lines: 40, accepted: 40, repeats: 0, rejected: 0 });
    expect(await count("id LIKE 'pack%'")).toBe(40);
    expect(bench.spooled()).toEqual([]);
  });

  it("reads standard input", async () => {
    const text = many("stdin", 5);
    const cut = [text.slice(0, 333), text.slice(333)].map((part) => Buffer.from(part));
    const bad = Buffer.from("[]");
    const totals = await bench.load(["-"], { stdin: Readable.from([...cut, bad]) });
    expect(totals).toMatchObject({ lines: 6, accepted: 5, rejected: 1 });
    expect(totals.rejections).toEqual([
      { file: "standard input", line: 6, reason: "not a JSON object" },
    ]);
    await expect(bench.load(["-"])).rejects.toMatchObject({ code: "SW_USAGE" });
  });

  it("reads Parquet with bodies as text or as structures", async () => {
    const path = bench.file("columns.parquet", "");
    const rows = [0, 1].map((i) => JSON.stringify(exchange(i, { id: `parquet_${i}` })));
    const json = bench.file("columns.ndjson", rows.join("\n"));
    await bench.warehouse.run(
      {
        name: "parquet",
        file: bench.file(
          "parquet.sql",
          `INSERT INTO FUNCTION file('${path}', 'Parquet')
           SELECT if(id = 'parquet_0', id, 'parquet_1') AS id, parseDateTime64BestEffort(time, 3, 'UTC') AS time,
             account, model, request, NULL::Nullable(String) AS session
           FROM file('${json}', 'JSONEachRow', 'id String, time String, account String, model String, request String')
           SETTINGS engine_file_truncate_on_insert = 1`,
        ),
      },
      {},
    );
    const structs = bench.file("structs.parquet", "");
    await bench.warehouse.run(
      {
        name: "parquet",
        file: bench.file(
          "structs.sql",
          `INSERT INTO FUNCTION file('${structs}', 'Parquet')
           SELECT concat(id, '_s') AS id, time, account, request
           FROM file('${json}', 'JSONEachRow', 'id String, time String, account String, request Tuple(messages Array(Tuple(role String, content String)))')
           SETTINGS engine_file_truncate_on_insert = 1`,
        ),
      },
      {},
    );
    const totals = await bench.load([path, structs]);
    expect(totals.rejections).toEqual([]);
    expect(totals).toMatchObject({ lines: 4, accepted: 4 });
    expect(await count("id LIKE 'parquet%' AND prompt_bytes = 26")).toBe(4);
  });

  it("rejects a damaged Parquet file and reads on", async () => {
    const broken = bench.file("broken.parquet", "PAR1 and then nothing of the kind");
    const totals = await bench.load([broken, bench.file("fine.ndjson", tagged("fine", 1))]);
    expect(totals).toMatchObject({ lines: 2, accepted: 1, rejected: 1 });
    expect(totals.rejections[0]).toMatchObject({
      line: 1,
      reason: "Parquet cannot be read further",
    });
  });

  it("counts every copy after the first as a repeat: in a file, across files, across runs", async () => {
    const text = many("repeat", 4);
    const first = bench.file("repeat-1.ndjson", text + text);
    const second = bench.file("repeat-2.ndjson", text + tagged("repeat", 4));
    expect(await bench.load([first, second])).toMatchObject({ lines: 13, accepted: 5, repeats: 8 });
    expect(await bench.load([second, first])).toMatchObject({
      lines: 13,
      accepted: 0,
      repeats: 13,
    });
    expect(await count("id LIKE 'repeat%'")).toBe(5);
  });

  it("sets our own lines of embeddings endpoints aside, neither accepted nor rejected", async () => {
    const endpoints = ["/v1/embeddings", "/v1beta/models/x:embedContent", "/v1/chat/completions"];
    const lines = endpoints.map((endpoint, at) => tagged("embed", at, { endpoint }));
    const totals = await bench.load([bench.file("embed.ndjson", lines.join(""))]);
    expect(totals).toMatchObject({ lines: 1, accepted: 1, repeats: 0, rejected: 0 });
    expect(totals.aside).toEqual({ "embeddings calls": 2 });
    expect(await count("id LIKE 'embed%'")).toBe(1);
  });

  it("takes the parts of one exchange, each once, in any order", async () => {
    const parts = [
      { part: "usage", request: undefined, response: undefined, usage: { input: 9, output: 4 } },
      { part: "response", request: undefined },
      { part: "request", response: undefined },
    ].map((change) => tagged("parts", 1, change));
    const file = bench.file("parts.ndjson", [...parts, ...parts].join(""));
    expect(await bench.load([file])).toMatchObject({ lines: 6, accepted: 3, repeats: 3 });
    expect(await count("id = 'parts_1'")).toBe(3);
  });

  it("keeps the readable prefix of a truncated file and names where it ends", async () => {
    for (const [name, pack] of [
      ["gz", gzipSync],
      ["zst", zstdCompressSync],
    ] as const) {
      const packed = pack(many(`cut${name}`, 3000));
      const path = bench.file(`cut.${name}`, packed.subarray(0, packed.length * 0.6));
      const totals = await bench.load([path]);
      expect(totals.accepted).toBeGreaterThan(500);
      expect(totals).toMatchObject({ lines: totals.accepted + 1, rejected: 1, repeats: 0 });
      expect(totals.rejections).toEqual([
        { file: path, line: totals.accepted + 1, reason: "compressed data end early" },
      ]);
    }
  });

  it("gives each bad line its file, its line and a reason, and accepts the rest", async () => {
    const deep = `{"id":"deep","request":${"[".repeat(5000)}${"]".repeat(5000)}}`;
    const bad: readonly (readonly [string, RegExp])[] = [
      ["not json at all", /not valid JSON/],
      ['{"id":"cut","time":', /not valid JSON/],
      ["[1,2]", /not a JSON object/],
      ['"text"', /not a JSON object/],
      ["null", /not a JSON object/],
      [deep, /nested deeper than 1,000 levels/],
      ['{"id":"nul\0"}', /NUL byte/],
      [Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]).toString("latin1"), /not valid UTF-8/],
      [tagged("bad", 1, { id: undefined }).trim(), /no id/],
      [tagged("bad", 2, { id: { a: 1 } }).trim(), /id and account must be strings/],
      [tagged("bad", 3, { account: ["a"] }).trim(), /id and account must be strings/],
      [tagged("bad", 4, { account: null }).trim(), /no account/],
      [tagged("bad", 5, { time: undefined }).trim(), /no time/],
      [tagged("bad", 6, { time: "soon" }).trim(), /time is not a date/],
      [tagged("bad", 7, { time: "2019-01-01T00:00:00Z" }).trim(), /more than 400 days ago/],
      [tagged("bad", 8, { time: "2999-01-01T00:00:00Z" }).trim(), /more than a day in the future/],
      [tagged("bad", 9, { request: 7 }).trim(), /request is not an object/],
      [tagged("bad", 10, { request: undefined, response: undefined }).trim(), /none of request/],
      [tagged("bad", 11, { part: "half" }).trim(), /part is none of/],
    ];
    const text = bad.map(([line], i) => `${line}\n${tagged("good", i)}`).join("");
    const path = bench.file("bad.ndjson", Buffer.from(text, "latin1"));
    const totals = await bench.load([path]);
    expect(totals).toMatchObject({ lines: 38, accepted: 19, repeats: 0, rejected: 19 });
    for (const [i, [, reason]] of bad.entries()) {
      expect(totals.rejections[i]).toMatchObject({ file: path, line: 2 * i + 1 });
      expect(totals.rejections[i]?.reason).toMatch(reason);
    }
    await bench.load([path]);
    const kept = await bench.ask(
      `SELECT line, reason FROM rejected WHERE file = '${path}' ORDER BY line`,
    );
    expect(kept).toHaveLength(19);
  });

  it("tolerates a byte order mark, carriage returns, empty lines and a missing last line end", async () => {
    const text = `\ufeff${tagged("crlf", 1).trim()}\r\n\r\n   \n${tagged("crlf", 2).trim()}\r\n${tagged("crlf", 3).trim()}`;
    const path = bench.file("crlf.ndjson", text);
    expect(await bench.load([path])).toMatchObject({ lines: 3, accepted: 3, rejected: 0 });
  });

  it("reads nothing from an empty file", async () => {
    const empty = bench.file("empty.ndjson", "");
    const packed = bench.file("empty.gz", gzipSync(""));
    expect(await bench.load([empty, packed])).toMatchObject({ lines: 0, accepted: 0, rejected: 0 });
  });

  it("keeps file and line when a thousand small files share a segment", async () => {
    const files = Array.from({ length: 1000 }, (_, i) =>
      bench.file(`small-${i}.ndjson`, i === 512 ? `${tagged("small", i)}{\n` : tagged("small", i)),
    );
    const totals = await bench.load(files);
    expect(totals).toMatchObject({ lines: 1001, accepted: 1000, rejected: 1 });
    expect(totals.rejections[0]).toMatchObject({ file: files[512], line: 2 });
  });

  it("accepts times of 400 different days in one file", async () => {
    const day = (i: number) => ({ time: new Date(NOW.getTime() - i * 86_400_000).toISOString() });
    const text = Array.from({ length: 400 }, (_, i) => tagged("days", i, day(i))).join("");
    expect(await bench.load([bench.file("days.ndjson", text)])).toMatchObject({ accepted: 400 });
  });

  it("reports progress in bytes of the sources, up to their size", async () => {
    const path = bench.file("progress.gz", gzipSync(many("progress", 50)));
    const events: ProgressEvent[] = [];
    const totals = await bench.load([path], { progress: (event) => events.push(event) });
    expect(events.every((event) => event.total === totals.bytes)).toBe(true);
    expect(events[0]?.done).toBe(0);
    expect(events.at(-1)?.done).toBe(totals.bytes);
  });

  it("keeps text only where asked for and where the account's contract allows it", async () => {
    const secret = await loadSecret(bench.dataDir);
    const accounts = ["keep", "transient", "none"].map(
      (text) => `{"account":"${text}","text":"${text}"}`,
    );
    const file = bench.file("text-accounts.ndjson", accounts.join("\n"));
    await loadAccounts({ warehouse: bench.warehouse, file, secret });
    const exchanges = ["keep", "transient", "none", "unknown"].map((account, i) =>
      tagged("text", i, { account }),
    );
    const path = bench.file("text.ndjson", exchanges.join(""));
    const kept = () => bench.ask("SELECT account, ids, until FROM sealed_texts FINAL");
    await bench.load([bench.file("no-text.ndjson", many("notext", 3))]);
    expect(await kept()).toEqual([]);
    await bench.load([path], { keepTextDays: 7 });
    expect(await kept()).toMatchObject([{ account: "keep", ids: ["text_0"], until: "2026-05-08" }]);
    const texts = await readTexts(bench.warehouse, secret, ["text_0", "text_1"]);
    expect([...texts.values()]).toEqual([
      { id: "text_0", prompt: "Describe harbour number 0.", answer: "It is calm." },
    ]);
  });

  it("says which file is missing before it reads any", async () => {
    const path = bench.file("present.ndjson", many("present", 2));
    await expect(bench.load([path, `${path}.not`])).rejects.toMatchObject({
      code: "SW_INPUT_MISSING",
    });
    expect(await count("id LIKE 'present%'")).toBe(0);
  });
});

describe("loadFiles on large lines", () => {
  it("accepts a line of 64 MB, rejects a larger one, and reads the line between", async () => {
    const limit = 64 * 1024 * 1024;
    const large = (tag: string, bytes: number) => {
      const line = tagged(tag, 1, { request: { messages: [{ role: "user", content: "%" }] } });
      const [before = "", after = ""] = line.trim().split("%");
      const body = bytes - before.length - after.length;
      return `${before}${"words ".repeat(body / 6).padEnd(body, "x")}${after}\n`;
    };
    const path = bench.file(
      "large.ndjson",
      large("large", limit) + tagged("between", 1) + large("larger", limit + 1),
    );
    const totals = await bench.load([path]);
    expect(totals).toMatchObject({ lines: 3, accepted: 2, rejected: 1 });
    expect(totals.rejections).toEqual([
      { file: path, line: 3, reason: "line is longer than 64 MB" },
    ]);
  });
});
