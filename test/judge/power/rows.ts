import { KEY_KINDS } from "../../../src/core/key-kind.ts";
import { TrafficRow } from "../../../src/judge/traffic-row.ts";
import { random } from "../../../src/stats/random.ts";

const DAY = 86_400;

/**
 * Rows of `accounts` people over `days`, in order of time: each asks, once in some hours, about a subject of its own in
 * words that it mostly keeps to, and nobody shares a key. Exchanges as bare as a log of fingerprints has them.
 */
export function peoplesRows(accounts: number, days: number, each: number): TrafficRow[] {
  const draw = random(5);
  const word = (): number => Math.floor(draw() * 2 ** 32);
  const start = 20_000 * DAY;
  return Array.from({ length: accounts }, () => [word(), word()] as const)
    .flatMap(([accountLow, accountHigh]) => {
      const subject = Array.from({ length: 30 }, () => word() & 0xffff);
      return Array.from({ length: each }, () => {
        const tokens = Uint16Array.from(
          new Set(
            Array.from({ length: 12 }, () =>
              draw() < 0.6 ? subject[Math.floor(draw() * 30)]! : Math.floor(draw() * 3000),
            ),
          ),
        );
        return Object.assign(new TrafficRow(), {
          time: Math.floor(start + draw() * days * DAY),
          accountLow,
          accountHigh,
          idLow: word(),
          idHigh: word(),
          chainLow: word(),
          chainHigh: word(),
          answerBytes: 900,
          outputTokens: 200,
          keys: Uint32Array.of(((word() & ~15) | KEY_KINDS.item) >>> 0, word()),
          keyCount: 1,
          tokens,
          tokenCount: tokens.length,
        });
      });
    })
    .sort((a, b) => a.time - b.time);
}
