import type { Indicators } from "../../core/assessment.ts";
import { SKELETON_KINDS } from "../../core/key-kind.ts";

const MOST_HASHES = 64;
const HOURS = 24;

/** A member's exchanges in one hour. */
interface HourRow {
  readonly account_hash: string;
  /** Seconds since 1970. */
  readonly hour: number;
  readonly exchanges: number;
}

/**
 * Traits by which a group can be known again. Of the pieces of its prompts the least hashes are kept, so that two
 * groups' share of common pieces can be estimated from them (bottom-k sketch, Broder 1997). Hashes are keyed with the
 * installation's secret and mean nothing elsewhere. O(keys + rows).
 */
export function indicatorsOf(keys: Iterable<bigint>, hours: readonly HourRow[]): Indicators {
  const pieces = [...keys].filter((key) => SKELETON_KINDS.has(Number(key & 15n)));
  const profile = new Array<number>(HOURS).fill(0);
  for (const { hour, exchanges } of hours) profile[(hour / 3600) % HOURS]! += exchanges;
  const total = profile.reduce((a, b) => a + b, 0);
  const paces = [...Map.groupBy(hours, ({ account_hash }) => account_hash).values()].map((own) => {
    const days = new Set(own.map(({ hour }) => Math.floor(hour / 86_400))).size;
    return own.reduce((sum, { exchanges }) => sum + exchanges, 0) / days;
  });
  paces.sort((a, b) => a - b);
  return {
    skeleton: pieces
      .map((key) => key.toString(16).padStart(16, "0"))
      .toSorted()
      .slice(0, MOST_HASHES),
    hours: profile.map((n) => (total === 0 ? 0 : Math.round((n / total) * 1000) / 1000)),
    pace: Math.round((paces[paces.length >> 1] ?? 0) * 10) / 10,
  };
}
