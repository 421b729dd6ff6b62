/**
 * How many recorded bodies are read with a prompt and an answer? Walks a folder of cassettes (VCR YAML, nock JSON, HAR),
 * wraps every recorded exchange in our envelope, loads them into a temporary warehouse and prints a table by dialect.
 *
 *     node scripts/eval-bodies.ts FOLDER [--show]
 */
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse as parseYaml } from "yaml";
import { silent } from "../src/core/progress.ts";
import { loadSecret } from "../src/ingest/installation-secret.ts";
import { loadAccounts } from "../src/ingest/load-accounts.ts";
import { loadFiles } from "../src/ingest/load-files.ts";
import { readTexts } from "../src/ingest/text-vault.ts";
import { openWarehouse } from "../src/warehouse/open-warehouse.ts";
import type { Statement } from "../src/warehouse/statement.ts";

interface Recorded {
  readonly file: string;
  readonly url: string;
  readonly status: number;
  readonly request: unknown;
  readonly response: unknown;
}

interface Row {
  readonly id: string;
  readonly part: number;
  readonly prompt_bytes: number;
  readonly answer_bytes: number;
  readonly turn: number;
  readonly finish: number;
  readonly issued: number;
  readonly prompt: string;
  readonly answer: string;
}

const DIALECTS: readonly (readonly [string, RegExp])[] = [
  ["chat", /\/chat\/completions/],
  ["responses", /\/responses/],
  ["anthropic", /\/v1\/messages$|anthropic\..*\/invoke/],
  ["gemini", /:(stream)?generateContent/i],
];

const TOOL_CALL = /functionCall|function_call|tool_calls|tool_use/;

const QUERY = `SELECT e.id AS id, part, prompt_bytes, answer_bytes, turn, finish, toUInt32(length(issued)) AS issued
FROM exchanges AS e`;

const [folder = "", show] = process.argv.slice(2);
const recorded = globSync("**/*.{yaml,yml,json,har}", { cwd: folder })
  .toSorted()
  .flatMap((file) => readCassette(join(folder, file)));
const known = recorded.flatMap((one) => {
  const dialect = DIALECTS.find(([, url]) => url.test(one.url))?.[0];
  return dialect === undefined || isEmpty(one.request) ? [] : [{ ...one, dialect }];
});
process.stdout.write(
  `${recorded.length} recorded exchanges, ${known.length} of the four dialects\n`,
);
await evaluate();

async function evaluate(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-bodies-"));
  const warehouse = await openWarehouse({ dataDir });
  try {
    const secret = await loadSecret(dataDir);
    const now = new Date("2026-05-01T00:00:00Z");
    const accounts = join(dataDir, "accounts.ndjson");
    writeFileSync(accounts, '{"account":"recorded","text":"keep"}\n');
    await loadAccounts({ warehouse, file: accounts, secret });
    const file = join(dataDir, "bodies.ndjson");
    writeFileSync(file, known.map((one, i) => `${JSON.stringify(envelope(one, i))}\n`).join(""));
    const options = { warehouse, dataDir, secret, now, keepTextDays: 7, progress: silent };
    const totals = await loadFiles({ ...options, files: [file] });
    process.stdout.write(`${totals.accepted} accepted, ${totals.rejected} rejected\n`);
    for (const { line, reason } of totals.rejections) {
      process.stdout.write(`  ${known[line - 1]?.file}: ${reason}\n`);
    }
    const query = join(dataDir, "query.sql");
    writeFileSync(query, QUERY);
    const statement: Statement<Record<string, never>, Omit<Row, "prompt" | "answer">> = {
      name: "bodies",
      file: query,
    };
    const rows = await warehouse.rows(statement, {});
    const texts = await readTexts(
      warehouse,
      secret,
      rows.map(({ id }) => id),
    );
    report(rows.map((row) => ({ prompt: "", answer: "", ...texts.get(row.id), ...row })));
  } finally {
    await warehouse.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function report(rows: readonly Row[]): void {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const [dialect] of DIALECTS) {
    const ones = known.map((one, i) => ({ ...one, row: byId.get(`body_${i}`) }));
    const mine = ones.filter((one) => one.dialect === dialect && one.row !== undefined);
    const blind = mine.filter(({ row }) => row?.prompt_bytes === 0);
    const answered = mine.filter((one) => one.status < 400 && !isEmpty(one.response));
    const mute = answered.filter(({ row }) => row?.answer_bytes === 0);
    const silentOnes = mute.filter((one) => !TOOL_CALL.test(JSON.stringify(one.response)));
    const unissued = answered.filter(({ row }) => row?.issued === 0);
    process.stdout.write(
      `${dialect.padEnd(10)} ${mine.length} read, ${mine.length - blind.length} with a prompt; ` +
        `${answered.length} answered, ${answered.length - mute.length} with an answer, ` +
        `${mute.length - silentOnes.length} calling a tool instead, ${silentOnes.length} with neither; ` +
        `${answered.length - unissued.length} issued something\n`,
    );
    for (const { file } of blind) process.stdout.write(`  no prompt: ${file}\n`);
    for (const { file } of silentOnes) process.stdout.write(`  no answer: ${file}\n`);
    if (show === undefined) continue;
    for (const { row } of mine) {
      const short = (text: string) => JSON.stringify(text.slice(0, 70));
      process.stdout.write(
        `  ${row?.turn} ${short(row?.prompt ?? "")} → ${short(row?.answer ?? "")}\n`,
      );
    }
  }
}

function envelope(one: Recorded, number: number): object {
  return {
    id: `body_${number}`,
    time: new Date(Date.UTC(2026, 3, 22) + number * 1000).toISOString(),
    account: "recorded",
    http_status: one.status,
    request: one.request,
    response: one.response,
  };
}

function readCassette(path: string): Recorded[] {
  const text = readFileSync(path, "utf8");
  try {
    const parsed: unknown = /\.ya?ml$/.test(path) ? parseYaml(text) : JSON.parse(text);
    return entriesOf(parsed).map((entry) => ({ file: path, ...entry }));
  } catch (error) {
    process.stdout.write(`${path}: ${error instanceof Error ? error.message.slice(0, 80) : ""}\n`);
    return [];
  }
}

/** The exchanges of a recording in one of three shapes. */
function entriesOf(cassette: unknown): Omit<Recorded, "file">[] {
  const vcr = listAt(cassette, "interactions").map((entry) => ({
    url: textAt(entry, "request", "uri") || textAt(entry, "request", "url"),
    status: statusOf(at(entry, "response", "status", "code") ?? at(entry, "response", "status")),
    request: bodyOf(at(entry, "request", "body")),
    response: bodyOf(at(entry, "response", "body")),
  }));
  const har = listAt(cassette, "log", "entries").map((entry) => ({
    url: textAt(entry, "request", "url"),
    status: statusOf(at(entry, "response", "status")),
    request: bodyOf(at(entry, "request", "postData", "text")),
    response: bodyOf(at(entry, "response", "content", "text")),
  }));
  const nock = listAt(cassette).map((entry) => ({
    url: textAt(entry, "scope") + textAt(entry, "path"),
    status: statusOf(at(entry, "status")),
    request: bodyOf(at(entry, "body")),
    response: bodyOf(at(entry, "response")),
  }));
  return [...vcr, ...har, ...nock];
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === "object" && inner !== null
        ? (inner as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}

function textAt(value: unknown, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

function statusOf(status: unknown): number {
  return typeof status === "number" ? status : 200;
}

/** A body as its owner would log it: JSON as JSON, anything else (event streams) as text. */
function bodyOf(body: unknown): unknown {
  const inner = at(body, "string") ?? at(body, "text") ?? body;
  const text = inner instanceof Uint8Array ? unpacked(Buffer.from(inner)).toString("utf8") : inner;
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function unpacked(bytes: Buffer): Buffer {
  return bytes.readUInt16BE(0) === 0x1f8b ? gunzipSync(bytes) : bytes;
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === null || body === "";
}
