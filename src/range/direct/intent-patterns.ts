import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sqlFolder } from "../../warehouse/statement.ts";

/** What the intake looks for in a request, and the bit of `intent` that each pattern sets. */
export interface IntentPatterns {
  readonly patterns: readonly string[];
  readonly bits: readonly number[];
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t" };

/** The patterns as they stand in the intake's own statement, so that there is one list of them. */
export function intentPatterns(): IntentPatterns {
  const sql = readFileSync(join(sqlFolder(), "ingest", "land-segment.sql"), "utf8");
  const [before = "", after = ""] = sql.split("] AS intent_patterns,");
  const list = before.slice(before.lastIndexOf("\n    [\n")).replaceAll(/^\s*--.*$/gm, "");
  const patterns = [...list.matchAll(/'((?:[^'\\]|\\[^])*)'/g)].map(([, literal = ""]) =>
    literal.replaceAll(/\\([^])/g, (_escape, letter: string) => ESCAPES[letter] ?? letter),
  );
  const bits = /\[([\d, ]+)\] AS intent_bits/.exec(after)?.[1]?.split(",").map(Number) ?? [];
  if (patterns.length === 0 || patterns.length !== bits.length)
    throw new RangeError("land-segment.sql has no intent_patterns with as many intent_bits");
  return { patterns, bits };
}
