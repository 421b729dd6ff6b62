import { ALL_DIALECTS } from "./dialects/catalog.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { type JsonRecord, recordsOf } from "./dialects/json-record.ts";

/** How a file has to be cut: into lines, or into the values of a document. */
export type Layout = "lines" | "values";

/** What the beginning of a file shows. */
export interface Detected {
  readonly layout: Layout;
  /** The dialect of the first record that has one; undefined for our own lines and for unknown ones. */
  readonly dialect: Dialect | undefined;
}

/** Lines looked at. */
const SAMPLE = 20;

/** The dialect that recognises a record. */
export function dialectOf(record: JsonRecord): Dialect | undefined {
  return ALL_DIALECTS.find((dialect) => dialect.recognises(record));
}

/** Looks at the first whole lines of a file, as far as they are there. */
export function detectDialect(head: string): Detected {
  const lines = head.split("\n", 10 * SAMPLE).flatMap((line) => line.trim() || []);
  const first = lines[0] ?? "";
  const records = lines.slice(0, SAMPLE).flatMap(recordsIn);
  const dialect = records.map(dialectOf).find((found) => found !== undefined);
  // A line that opens something and does not close it: the document goes on in the next.
  const values = first.startsWith("[") || (first.startsWith("{") && /[{[,]$/.test(first));
  return { layout: values && !isJson(first) ? "values" : "lines", dialect };
}

/** The records of a line: one, or those of an array. */
export function recordsIn(line: string): readonly JsonRecord[] {
  try {
    const value: unknown = JSON.parse(line);
    return recordsOf(Array.isArray(value) ? value : [value]);
  } catch {
    return [];
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
