import { dialectOf } from "./detect-dialect.ts";
import type { Dialect, Finding } from "./dialects/dialect.ts";
import { type JsonRecord, recordOf } from "./dialects/json-record.ts";
import { exchangeByMap, type FieldMap } from "./field-map.ts";

/** How records that may not be our own are read. */
export interface Reading {
  /** Read every record in this dialect, or all as our own lines; absent: each shows what it is. */
  readonly dialect?: Dialect | "own" | undefined;
  /** Which of the records' fields stand for ours. With a dialect, it changes what that makes of a record. */
  readonly map?: FieldMap | undefined;
  /** Hears of every record that is rightly there and is no exchange, by what it is. */
  readonly onAside?: ((what: string) => void) | undefined;
}

/** A line for the warehouse, or why there is none. */
export type Row = { readonly text: string } | { readonly reason: string };

const NOT_JSON: Row = { reason: "not valid JSON" };
/** Records of an array on one line. */
const MOST_RECORDS = 100_000;
const TOO_MANY: Row = { reason: "an array of more than 100,000 records on one line" };
const NOT_OBJECT: Row = { reason: "not a JSON object" };
const UNKNOWN: Row = {
  reason:
    "in no format that is known: docs/dialects.md lists them, `stillwatch map` proposes a --map",
};
const NOTHING = "deliveries without content";

/** The rows of one line or value; an array holds one record an element. None where all of it is set aside. */
export function translateRecord(text: string, reading: Reading): readonly Row[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [NOT_JSON];
  }
  if (!Array.isArray(value)) return rowsOf(value, reading, text);
  if (value.length > MOST_RECORDS) return [TOO_MANY];
  return value.flatMap((one) => rowsOf(one, reading));
}

function rowsOf(value: unknown, reading: Reading, text?: string): readonly Row[] {
  const record = recordOf(value);
  if (record === undefined) return [NOT_OBJECT];
  const dialect =
    reading.dialect === "own" ? undefined : (reading.dialect ?? dialectFor(record, reading));
  if (dialect !== undefined) return findingRows(dialect.translate(record), reading);
  if (reading.map !== undefined) {
    return [lineOf(exchangeByMap(reading.map, record, {}))];
  }
  if (record["account"] === undefined && record["part"] === undefined) return [UNKNOWN];
  return [{ text: text === undefined || text.includes("\n") ? JSON.stringify(record) : text }];
}

/** A map without a dialect speaks for all records. */
function dialectFor(record: JsonRecord, { map }: Reading): Dialect | undefined {
  return map === undefined ? dialectOf(record) : map.dialect;
}

function findingRows(findings: readonly Finding[], { map, onAside }: Reading): readonly Row[] {
  const rows: Row[] = [];
  if (findings.length === 0) onAside?.(NOTHING);
  for (const finding of findings) {
    if ("aside" in finding) onAside?.(finding.aside);
    else if ("rejected" in finding) rows.push({ reason: finding.rejected });
    else {
      const { exchange, source } = finding;
      rows.push(lineOf(map === undefined ? exchange : exchangeByMap(map, source, exchange)));
    }
  }
  return rows;
}

function lineOf(exchange: object): Row {
  return { text: JSON.stringify(exchange) };
}
