/** A ClickHouse type taken apart: `Map(String, Array(UInt8))` is Map of two arguments. */
export interface EngineType {
  readonly name: string;
  readonly arguments: readonly string[];
}

/** Splits a type into its name and its arguments, quotes and nesting respected. */
export function parseType(text: string): EngineType {
  const match = /^(\w+)\s*(?:\((.*)\))?$/s.exec(text.trim());
  if (match === null) throw new Error(`This is no type: ${text}`);
  return { name: match[1] ?? "", arguments: splitArguments(match[2] ?? "") };
}

const SMALL = /^(?:U?Int(?:8|16|32)|Float(?:32|64)|BFloat16|Decimal\d*)$/;
const LARGE = /^U?Int(?:64|128|256)$/;
const TEXT = /^(?:String|FixedString|Enum8|Enum16|UUID|IPv4|IPv6|Date|Date32|DateTime|DateTime64)$/;

/** The TypeScript type of a value as JSONEachRow gives it, 64-bit integers quoted. */
export function rowType(text: string): string {
  const { name, arguments: inner } = parseType(text);
  const first = inner[0] ?? "";
  if (SMALL.test(name)) return "number";
  if (LARGE.test(name) || TEXT.test(name)) return "string";
  if (name === "Bool") return "boolean";
  if (name === "LowCardinality") return rowType(first);
  if (name === "Nullable") return `${rowType(first)} | null`;
  if (name === "Array") return `readonly ${grouped(rowType(first))}[]`;
  if (name === "Map") return `Readonly<Record<string, ${rowType(inner[1] ?? "String")}>>`;
  if (name === "SimpleAggregateFunction") return rowType(inner[1] ?? "String");
  if (name === "Tuple") return tupleType(inner);
  throw new Error(`No row can carry ${text}: convert it in the statement.`);
}

/** The TypeScript type of a parameter as the client accepts it. Large integers are never numbers: they would lose digits. */
export function parameterType(text: string): string {
  const { name, arguments: inner } = parseType(text);
  const first = inner[0] ?? "";
  if (LARGE.test(name)) return "bigint | string";
  if (name === "DateTime" || name === "DateTime64") return "Date";
  if (name === "Identifier") return "string";
  if (name === "Nullable") return `${parameterType(first)} | null`;
  if (name === "Array") return `readonly ${grouped(parameterType(first))}[]`;
  if (name === "Map") return `Readonly<Record<string, ${parameterType(inner[1] ?? "String")}>>`;
  if (name === "Tuple") throw new Error(`No parameter can be ${text}: use several.`);
  return rowType(text);
}

/** A value in the HTTP interface's text form that stands for a parameter while a statement is only described. */
export function exampleValue(text: string): string {
  const { name, arguments: inner } = parseType(text);
  if (SMALL.test(name) || LARGE.test(name)) return "1";
  if (name === "Bool") return "true";
  if (name.startsWith("DateTime")) return "2026-01-01 00:00:00";
  if (name.startsWith("Date")) return "2026-01-01";
  if (name === "Array") return "[]";
  if (name === "Map") return "{}";
  if (name === "Nullable" || name === "LowCardinality") return exampleValue(inner[0] ?? "String");
  if (name === "UUID") return "00000000-0000-0000-0000-000000000000";
  return "x";
}

function tupleType(members: readonly string[]): string {
  const named = members.map((member) => /^(?:`([^`]+)`|(\w+)) +(\w.*)$/s.exec(member));
  if (named.some((match) => match === null))
    return `readonly [${members.map((member) => rowType(member)).join(", ")}]`;
  const fields = named.map(
    (match) => `readonly ${field(match?.[1] ?? match?.[2] ?? "")}: ${rowType(match?.[3] ?? "")}`,
  );
  return `{ ${fields.join("; ")} }`;
}

/** A property name, quoted where it must be. */
export function field(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function grouped(type: string): string {
  return /[ |]/.test(type) ? `(${type})` : type;
}

function splitArguments(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (letter === "'" && text[i - 1] !== "\\") quoted = !quoted;
    if (quoted) continue;
    if (letter === "(") depth++;
    if (letter === ")") depth--;
    if (letter !== "," || depth > 0) continue;
    parts.push(text.slice(start, i).trim());
    start = i + 1;
  }
  const last = text.slice(start).trim();
  return last === "" ? parts : [...parts, last];
}
