import { StillwatchError } from "../core/errors.ts";
import type { TokenRecord } from "./tokens.ts";

/** What a request cost. */
export interface Spent {
  readonly lines: number;
  /** Unpacked. */
  readonly bytes: number;
}

/** How much each token may send. */
export interface TokenRates {
  /** Throws SW_RATE_EXCEEDED, with the seconds to wait, while a token has sent more than it may. */
  assertWithin(token: TokenRecord | undefined): void;
  spend(token: TokenRecord | undefined, spent: Spent): void;
}

/** What a token that was silent may send at once, in seconds of its rate. */
const BURST_SECONDS = 10;

/**
 * A token bucket each for the lines and the bytes of a token that has a rate: it fills at the rate, holds ten seconds
 * of it, and a request is admitted while anything is left, whatever it turns out to cost; what it overdraws is waited
 * for. So a body of any size passes, and no more than the rate over time. `clock` is in milliseconds and only grows.
 */
export function tokenRates(clock: () => number): TokenRates {
  const levels = new Map<string, Spent & { readonly at: number }>();
  const levelOf = ({ id, rate = {} }: TokenRecord): Spent & { readonly at: number } => {
    const now = clock();
    const before = levels.get(id);
    const level = (of: "lines" | "bytes"): number => {
      const perSecond = rate[of] ?? Number.POSITIVE_INFINITY;
      const most = perSecond * BURST_SECONDS;
      if (before === undefined || most === Number.POSITIVE_INFINITY) return most;
      return Math.min(most, before[of] + ((now - before.at) / 1_000) * perSecond);
    };
    return { lines: level("lines"), bytes: level("bytes"), at: now };
  };
  return {
    assertWithin(token) {
      if (token?.rate === undefined) return;
      const level = levelOf(token);
      const waits = (["lines", "bytes"] as const).map((of) =>
        level[of] > 0 ? 0 : -level[of] / (token.rate?.[of] ?? 1),
      );
      const seconds = Math.max(...waits);
      if (level.lines > 0 && level.bytes > 0) return;
      throw new StillwatchError("SW_RATE_EXCEEDED", { seconds: Math.max(1, Math.ceil(seconds)) });
    },
    spend(token, { lines, bytes }) {
      if (token?.rate === undefined) return;
      const level = levelOf(token);
      const left = { lines: level.lines - lines, bytes: level.bytes - bytes };
      levels.set(token.id, { ...left, at: level.at });
    },
  };
}
