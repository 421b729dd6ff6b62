/** What JSON can hold. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/**
 * The one text of a JSON value by RFC 8785 (JCS): no spaces, names in the order of their UTF-16 units, numbers and strings
 * as ECMAScript writes them. An undefined field is absent. Throws on what JCS has no text for: numbers that aren't finite,
 * and strings with half a surrogate pair.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`JSON has no ${value}.`);
    return JSON.stringify(value);
  }
  if (typeof value === "string") {
    if (!value.isWellFormed()) throw new RangeError("Half a surrogate pair is no text.");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${(value as readonly Json[]).map(canonicalJson).join(",")}]`;
  }
  const fields = value as { readonly [name: string]: Json | undefined };
  const parts: string[] = [];
  for (const name of Object.keys(fields).toSorted(byUnits)) {
    const field = fields[name];
    if (field !== undefined) parts.push(`${canonicalJson(name)}:${canonicalJson(field)}`);
  }
  return `{${parts.join(",")}}`;
}

function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
