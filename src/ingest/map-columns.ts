import { isoTime } from "./dialects/iso-time.ts";
import { type JsonRecord, listOf, lookup, parsed, recordOf } from "./dialects/json-record.ts";

/** What a sample shows of one column. Values themselves are not kept beyond counting them. */
export interface Column {
  /** Names from the record down, joined by dots. */
  readonly path: string;
  /** Records in which it says something. */
  readonly present: number;
  readonly different: number;
  /** Shares of `present`, from 0 to 1. */
  readonly times: number;
  readonly numbers: number;
  readonly texts: number;
  /** Bodies, and lists of messages. */
  readonly bodies: number;
}

/** How deep objects are looked into. */
const DEPTH = 4;
const BODY = [
  "messages",
  "contents",
  "input",
  "prompt",
  "choices",
  "candidates",
  "content",
  "output",
];

/** The columns of a sample, in the order in which they appear. Complexity: the sample's values. */
export function columnsOf(records: readonly JsonRecord[]): readonly Column[] {
  const columns = new Map<string, Tally>();
  for (const record of records) walk(record, "", DEPTH, columns);
  return [...columns].map(([path, { values, times, numbers, texts, bodies, present }]) => ({
    path,
    present,
    different: values.size,
    times: times / present,
    numbers: numbers / present,
    texts: texts / present,
    bodies: bodies / present,
  }));
}

interface Tally {
  readonly values: Set<string>;
  present: number;
  times: number;
  numbers: number;
  texts: number;
  bodies: number;
}

function walk(
  record: JsonRecord,
  prefix: string,
  depth: number,
  columns: Map<string, Tally>,
): void {
  for (const [name, value] of Object.entries(record)) {
    if (value === null || value === "" || value === undefined) continue;
    const path = `${prefix}${name}`;
    let tally = columns.get(path);
    if (tally === undefined) {
      tally = { values: new Set(), present: 0, times: 0, numbers: 0, texts: 0, bodies: 0 };
      columns.set(path, tally);
    }
    count(tally, value);
    const inner = recordOf(parsed(value));
    if (inner !== undefined && depth > 1) walk(inner, `${path}.`, depth - 1, columns);
  }
}

function count(tally: Tally, value: unknown): void {
  const inner = parsed(value);
  tally.present++;
  tally.values.add(JSON.stringify(value));
  if (typeof value === "number") tally.numbers++;
  if (typeof value === "string") tally.texts++;
  if (isTime(value)) tally.times++;
  if (listOf(inner).some((one) => lookup(one, "role") !== undefined)) tally.bodies++;
  else if (recordOf(inner) !== undefined && BODY.some((key) => lookup(inner, key) !== undefined))
    tally.bodies++;
}

function isTime(value: unknown): boolean {
  const time = Date.parse(String(isoTime(value)));
  if (!(time > Date.UTC(2015) && time < Date.UTC(2100))) return false;
  return typeof value === "number" || /\d{4}-\d{2}-\d{2}|^\d{9,}/.test(String(value));
}
