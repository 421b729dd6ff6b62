import { type JsonRecord, lookup, recordOf } from "./dialects/json-record.ts";
import { millisecondsOf } from "./time-field.ts";

/** The names a `part` goes by, with whether it may stand without a request or a response. */
const PARTS: readonly unknown[] = ["", "whole", "request", "response", "usage"];
const DAY_MILLISECONDS = 86_400_000;
const OLDEST_DAYS = 400;
const LONGEST_NAME_BYTES = 512;

/**
 * Why a line cannot be taken, in the words of sql/ingest/land-segment.sql, or "". It is asked before a sender is
 * answered; the engine asks again. Stricter than the engine on times alone: ISO 8601 only.
 */
export function exchangeProblem(value: unknown, now: Date): string {
  const line = recordOf(value);
  if (line === undefined) return "not a JSON object";
  return nameProblem(line) || timeProblem(line["time"], now) || contentProblem(line);
}

function nameProblem(line: JsonRecord): string {
  for (const field of ["id", "account"] as const) {
    const name = line[field] ?? "";
    if (typeof name === "object") return "id and account must be strings";
    if (name === "") return `no ${field}`;
    if (typeof name === "string" && Buffer.byteLength(name) > LONGEST_NAME_BYTES)
      return `${field} is longer than 512 bytes`;
  }
  return "";
}

function timeProblem(value: unknown, now: Date): string {
  if (value === undefined || value === null || value === "") return "no time";
  const time = typeof value === "string" ? millisecondsOf(value) : Number.NaN;
  if (Number.isNaN(time)) return "time is not a date and time in ISO 8601";
  const age = now.getTime() - time;
  if (age > OLDEST_DAYS * DAY_MILLISECONDS) return "time is more than 400 days ago";
  return age < -DAY_MILLISECONDS ? "time is more than a day in the future" : "";
}

function contentProblem(line: JsonRecord): string {
  const part = line["part"] ?? "";
  if (!PARTS.includes(part)) return "part is none of request, response, usage";
  const { request, response } = line;
  const hasRequest = typeof request === "string" || recordOf(request) !== undefined;
  const hasResponse = (response ?? "") !== "";
  if (isPrinted(line) || part === "usage") return "";
  if (part === "request") return hasRequest ? "" : "a request part without a request object";
  if (part === "response") return hasResponse ? "" : "a response part without a response";
  if (hasRequest) return "";
  if (request !== undefined && request !== null) return "request is not an object";
  return hasResponse || hasUsage(line) ? "" : "none of request, fingerprints and usage";
}

function isPrinted(line: JsonRecord): boolean {
  const prints = recordOf(line["fingerprints"]) ?? {};
  const filled = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
  return (prints["secret"] ?? "") !== "" || filled(prints["keys"]) || filled(prints["tokens"]);
}

function hasUsage(line: JsonRecord): boolean {
  return [lookup(line, "usage.input"), lookup(line, "usage.output")].some(
    (count) => Number(count ?? 0) > 0,
  );
}
