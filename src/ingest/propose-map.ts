import { dialectOf } from "./detect-dialect.ts";
import type { Dialect } from "./dialects/dialect.ts";
import type { JsonRecord } from "./dialects/json-record.ts";
import { MAPPED_FIELDS, type MappedField } from "./field-map.ts";
import { type Column, columnsOf } from "./map-columns.ts";
import { COLUMN_NAMES } from "./map-names.ts";

/** A column that may stand for a field, and the next best ones. */
export interface ProposedField {
  readonly field: MappedField;
  readonly column: Column;
  readonly others: readonly string[];
}

/** What a sample of records suggests. */
export interface MapProposal {
  readonly records: number;
  /** Reads most of the records without a map. */
  readonly dialect: Dialect | undefined;
  readonly fields: readonly ProposedField[];
  readonly missing: readonly MappedField[];
  /** Columns that stand for no field. */
  readonly unused: readonly Column[];
}

/** How a column of texts says that it holds them as JSON, or unread. */
const ENCODED = /_(?:json|raw|str|string)$/;
const FIELDS = Object.keys(COLUMN_NAMES) as MappedField[];
const TEXTS: ReadonlySet<MappedField> = new Set(["request", "response", "system"]);
const COUNTS: ReadonlySet<MappedField> = new Set([
  "usage.input",
  "usage.output",
  "usage.cached",
  "usage.reasoning",
  "max_tokens",
  "temperature",
  "http_status",
  "billed",
]);

/** What whole bodies say of themselves. */
const IN_BODIES: ReadonlySet<MappedField> = new Set([
  "model",
  "system",
  "max_tokens",
  "temperature",
  "usage.input",
  "usage.output",
  "usage.cached",
  "usage.reasoning",
]);

/** Proposes which columns stand for our fields, by their names and by what their values look like. */
export function proposeMap(records: readonly JsonRecord[]): MapProposal {
  const dialects = records.map(dialectOf);
  const dialect = dialects.find((found) => found !== undefined);
  const of = dialect === undefined ? records : sourcesOf(records, dialect);
  const columns = columnsOf(of);
  const taken = new Set<string>();
  const fields: ProposedField[] = [];
  for (const field of dialect === undefined ? FIELDS : []) {
    const [column, ...others] = candidates(field, columns, of.length).filter(
      ({ path }) => !within(path, taken),
    );
    if (column === undefined) continue;
    taken.add(column.path);
    fields.push({ field, column, others: others.slice(0, 3).map(({ path }) => path) });
  }
  const found = new Set(fields.map(({ field }) => field));
  const whole = fields.some(({ field, column }) => TEXTS.has(field) && column.bodies > 0.5);
  return {
    records: of.length,
    dialect,
    fields,
    missing: (Object.keys(MAPPED_FIELDS) as MappedField[]).filter(
      (field) => !found.has(field) && !(whole && IN_BODIES.has(field)),
    ),
    unused: columns.filter(({ path, bodies }) => {
      const holds = [...taken].some((one) => one.startsWith(`${path}.`));
      return bodies <= 0.5 && !holds && !within(path, taken);
    }),
  };
}

/** What a map of a dialect's records would see. */
function sourcesOf(records: readonly JsonRecord[], dialect: Dialect): readonly JsonRecord[] {
  const findings = records.flatMap((record) => dialect.translate(record));
  return findings.flatMap((finding) => ("source" in finding ? [finding.source] : []));
}

/**
 * Columns that fit a field, best first: those outside bodies, which are read as they are; those most records have; by
 * name; and among equals the shorter path.
 */
function candidates(
  field: MappedField,
  columns: readonly Column[],
  records: number,
): readonly Column[] {
  const bodies = new Set(columns.filter((column) => column.bodies > 0.5).map(({ path }) => path));
  const ranked = columns.flatMap((column) => {
    const rank = rankOf(field, column.path);
    if (rank === undefined || !fits(field, column, records)) return [];
    const parent = column.path.slice(0, Math.max(0, column.path.lastIndexOf(".")));
    const last = (within(parent, bodies) ? 2 : 0) + (column.present < 0.5 * records ? 1 : 0);
    return [{ column, last, rank }];
  });
  ranked.sort(
    (a, b) => a.last - b.last || a.rank - b.rank || a.column.path.length - b.column.path.length,
  );
  return ranked.map(({ column }) => column);
}

function rankOf(field: MappedField, path: string): number | undefined {
  const bare = (name: string): string => (TEXTS.has(field) ? name.replace(ENCODED, "") : name);
  const whole = bare(snake(path));
  const last = bare(snake(path.slice(path.lastIndexOf(".") + 1)));
  const names = COLUMN_NAMES[field];
  const exact = names.indexOf(whole);
  if (exact >= 0) return exact;
  const rank = names.findIndex((name) => name === last || whole.endsWith(`_${name}`));
  // A name within something else says less: `model.id` is no exchange's id.
  return rank < 0 || (rank === 0 && last === "id") ? undefined : names.length + rank;
}

function snake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase();
}

function fits(field: MappedField, column: Column, records: number): boolean {
  const { present, different, times, numbers, texts, bodies } = column;
  if (field === "time") return times > 0.9;
  if (COUNTS.has(field)) return numbers > 0.9;
  if (TEXTS.has(field)) return bodies > 0.5 || texts > 0.9;
  if (texts + numbers < 0.9 || bodies > 0.5) return false;
  if (field === "id") return present === records && different === present;
  // What names a party comes again; in a handful of records it need not.
  return field !== "account" || records < 10 || different < present;
}

/** Whether a path, or something it is part of, is in the set. */
function within(path: string, taken: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    if (taken.has(path.slice(0, end))) return true;
  }
  return false;
}
