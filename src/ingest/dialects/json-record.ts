/** A JSON object of unknown shape. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** The value as an object; undefined for arrays, null and everything else. */
export function recordOf(value: unknown): JsonRecord | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : undefined;
}

/** Those of the values that are objects. */
export function recordsOf(values: readonly unknown[]): readonly JsonRecord[] {
  return values.filter((value): value is JsonRecord => recordOf(value) !== undefined);
}

/** The value as a list; empty where it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text that says something: a string that is not empty, or a number written out. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" ? String(value) : undefined;
}

/** A count: a finite number of at least 0, cut to an integer; also from digits in a string. */
export function countOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && number >= 0 && number < 2 ** 32
    ? Math.trunc(number)
    : undefined;
}

/** An object or array that came as JSON text, parsed; everything else as it is. */
export function parsed(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The first of the values that is neither undefined, null nor an empty string. */
export function firstOf(...values: readonly unknown[]): unknown {
  return values.find((value) => value !== undefined && value !== null && value !== "");
}

/**
 * What stands at a path of names with dots. A name may hold dots itself (`attributes["user.id"]`): the longest
 * name that fits is taken first. Numbers index arrays; JSON text on the way is parsed.
 */
export function lookup(value: unknown, path: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as JsonRecord)[path];
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    const name = path.slice(0, dot);
    if (!Object.hasOwn(value, name)) continue;
    const found = lookup(parsed((value as JsonRecord)[name]), path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}
