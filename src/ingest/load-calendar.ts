import { z } from "zod";
import type { Calendar } from "../core/calendar.ts";
import { parseConfig, readText } from "../core/config-file.ts";
import { StillwatchError } from "../core/errors.ts";
import { fieldProblem } from "./field-problem.ts";
import { timeField } from "./time-field.ts";

const DAY_SECONDS = 86_400;
const LONGEST_DAYS = 366;

const span = { from: timeField, to: timeField };
const lasts = ({ from, to }: { from: string; to: string }): boolean => {
  const seconds = secondsOf(to) - secondsOf(from);
  return seconds > 0 && seconds <= LONGEST_DAYS * DAY_SECONDS;
};
const wrongEnd = {
  path: ["to"],
  message: `must be after \`from\`, by ${LONGEST_DAYS} days at most; it is not included`,
};

/** The entries of a calendar, each of one kind and with no other fields than it has. */
export const calendarShape = z.array(
  z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("release"), time: timeField, model: z.string().min(1) }),
    z.strictObject({
      kind: z.literal("suspension"),
      time: timeField,
      accounts: z.array(z.string().min(1).max(512)).min(1),
    }),
    z.strictObject({ kind: z.literal("outage"), ...span }).refine(lasts, wrongEnd),
    z.strictObject({ kind: z.literal("holiday"), ...span }).refine(lasts, wrongEnd),
  ]),
);

/**
 * A calendar from NDJSON, or from a list in YAML or JSON. What it says shapes what is judged, so a file with a mistake
 * stops the run. Throws SW_INPUT_MISSING, SW_INPUT_UNREADABLE, SW_CONFIG_INVALID with the line and what is wrong there.
 */
export function loadCalendar(file: string): Calendar {
  const text = readText(file);
  if (text.trim() === "") return calendarOf([]);
  if (!text.trimStart().startsWith("{")) return calendarOf(parseConfig(text, file, calendarShape));
  const lines = text
    .split("\n")
    .map((line, at) => ({ line: at + 1, text: line }))
    .filter((line) => line.text.trim() !== "");
  const values = lines.map((line) => valueOf(file, line));
  const parsed = calendarShape.safeParse(values);
  if (parsed.success) return calendarOf(parsed.data);
  const [first] = parsed.error.issues;
  const at = lines[Number(first?.path[0])]!.line;
  const issue = { ...first!, path: first!.path.slice(1) };
  throw invalid(file, at, fieldProblem(new z.ZodError([issue])));
}

/** What a list of entries says together. */
export function calendarOf(entries: z.infer<typeof calendarShape>): Calendar {
  const days = entries.flatMap((entry) => ("from" in entry ? daysOf(entry) : []));
  return {
    releases: entries.flatMap((entry) =>
      entry.kind === "release" ? [{ model: entry.model, time: entry.time, isKnown: true }] : [],
    ),
    suspensions: entries.flatMap((entry) =>
      entry.kind === "suspension"
        ? [{ time: secondsOf(entry.time), accounts: entry.accounts }]
        : [],
    ),
    unusualDays: new Set(days),
  };
}

/** The UTC days that a span touches. */
function daysOf({ from, to }: { readonly from: string; readonly to: string }): readonly number[] {
  const first = Math.floor(secondsOf(from) / DAY_SECONDS);
  const end = Math.ceil(secondsOf(to) / DAY_SECONDS);
  return Array.from({ length: end - first }, (_, at) => first + at);
}

function secondsOf(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

function valueOf(file: string, { line, text }: { line: number; text: string }): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(file, line, "not valid JSON");
  }
}

function invalid(file: string, line: number, reason: string): StillwatchError {
  return new StillwatchError("SW_CONFIG_INVALID", { file, line, reason: `${reason}.` });
}
