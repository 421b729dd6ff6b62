import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StillwatchError } from "../../core/errors.ts";
import { readCsv } from "./read-csv.ts";

/** One conversation, or one text, of a folder: what was asked and what was answered, as far as the file says. */
export interface Script {
  /** File it comes from, and who wrote it where the file says: texts of one owner stay together. */
  readonly owner: string;
  /** Users' turns; never empty. */
  readonly asked: readonly string[];
  /** The model's turns; the i-th answers the i-th asked. */
  readonly answered: readonly string[];
}

/** Longest text taken, characters; the rest is cut off. */
const LONGEST = 20_000;

/** Fields that hold what was asked, in the order of preference. */
const ASKED = ["prompt", "text", "question", "query", "instruction", "content", "body", "message"];
/** Fields that hold an answer. */
const ANSWERED = ["answer", "output", "response", "completion", "reply"];
/** Fields that say who wrote it. */
const OWNERS = ["user", "user_id", "author", "account", "judge", "owner"];
/** Fields that hold a whole conversation. */
const CONVERSATIONS = ["messages", "turns", "conversation", "conversations"];

/**
 * Reads every .txt, .md, .csv, .json, .jsonl and .ndjson file under `folder`, in the order of their names: of plain text
 * each block between blank lines (or each line, where there are no blank lines) is a text; of the others each row or
 * object. Throws SW_INPUT_MISSING where there is no such folder, SW_INPUT_UNREADABLE where it holds no text.
 */
export function readTexts(folder: string): Script[] {
  const scripts = listFiles(folder).flatMap((file) => readFile(join(folder, file), file));
  if (scripts.length === 0) {
    const reason = "no text in any .txt, .md, .csv, .json, .jsonl or .ndjson file";
    throw new StillwatchError("SW_INPUT_UNREADABLE", { path: folder, reason });
  }
  return scripts;
}

function listFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    return names.filter((name) => /\.(?:txt|md|csv|json|jsonl|ndjson)$/i.test(name)).toSorted();
  } catch (error) {
    throw new StillwatchError("SW_INPUT_MISSING", { path: folder }, error);
  }
}

function readFile(path: string, name: string): Script[] {
  const text = readFileSync(path, "utf8").replace(/^\u{FEFF}/u, "");
  if (/\.(?:txt|md)$/i.test(name))
    return plainTexts(text).map((entry) => script(name, [entry], []));
  const rows = /\.csv$/i.test(name) ? readCsv(text) : readObjects(text);
  return rows.flatMap((row) => scriptOf(name, row));
}

function plainTexts(text: string): string[] {
  const lines = text.replaceAll("\r\n", "\n");
  const entries = /\n[ \t]*\n/.test(lines.trim())
    ? lines.split(/\n(?:[ \t]*\n)+/)
    : lines.split("\n");
  return entries.map((entry) => entry.trim()).filter((entry) => entry !== "");
}

/** A JSON array, or one object a line; lines that are not objects are left out. */
function readObjects(text: string): Record<string, unknown>[] {
  const whole = text.trimStart().startsWith("[") ? parse(text) : undefined;
  const values = Array.isArray(whole) ? whole : text.split("\n").map(parse);
  return values.flatMap((value: unknown) =>
    typeof value === "string"
      ? [{ text: value }]
      : typeof value === "object" && value !== null && !Array.isArray(value)
        ? [value as Record<string, unknown>]
        : [],
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function scriptOf(file: string, row: Readonly<Record<string, unknown>>): Script[] {
  const by = first(row, OWNERS);
  const owner = by === undefined ? file : `${file}\n${by}`;
  for (const field of CONVERSATIONS) {
    const turns = row[field];
    if (!Array.isArray(turns)) continue;
    const asked = turns.flatMap((turn) => (isAnswer(turn) ? [] : wordsOf(turn)));
    const answered = turns.flatMap((turn) => (isAnswer(turn) ? wordsOf(turn) : []));
    if (asked.length > 0) return [script(owner, asked, answered)];
  }
  const asked = first(row, ASKED);
  if (asked === undefined) return [];
  const more = row["input"];
  const text = typeof more === "string" && more !== "" ? `${asked}\n\n${more}` : asked;
  const answer = first(row, ANSWERED);
  return [script(owner, [text], answer === undefined ? [] : [answer])];
}

/** A turn is the model's where its role says so; plain strings are users' turns. */
function isAnswer(turn: unknown): boolean {
  if (typeof turn !== "object" || turn === null) return false;
  const { role, from } = turn as { role?: unknown; from?: unknown };
  return /^(?:assistant|model|gpt|bot)$/.test(String(role ?? from));
}

function wordsOf(turn: unknown): string[] {
  if (typeof turn === "string") return turn.trim() === "" ? [] : [turn];
  if (typeof turn !== "object" || turn === null) return [];
  const { role, from } = turn as { role?: unknown; from?: unknown };
  if (/^(?:system|developer|tool)$/.test(String(role ?? from))) return [];
  const text = first(turn as Record<string, unknown>, ["content", "value", "text"]);
  return text === undefined ? [] : [text];
}

/** The first of the fields that holds text or a number. */
function first(
  row: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): string | undefined {
  for (const field of fields) {
    const value = row[field] ?? row[field.charAt(0).toUpperCase() + field.slice(1)];
    if (typeof value === "string" && value.trim() !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return undefined;
}

function script(owner: string, asked: readonly string[], answered: readonly string[]): Script {
  const cut = (text: string): string => (text.length > LONGEST ? text.slice(0, LONGEST) : text);
  return { owner, asked: asked.map(cut), answered: answered.map(cut) };
}
