import type { Random } from "../random.ts";
import { DAY, MINUTE, type Part, type Place } from "../world.ts";
import { agenticHarvest } from "./agentic-harvest.ts";
import { fixedLine } from "./fixed-line.ts";
import { lowAndSlow } from "./low-and-slow.ts";
import { reasoningAndGrading } from "./reasoning-and-grading.ts";

/** Makes one kind of operation. `reported` is its published size. */
export interface CampaignMaker {
  readonly id: string;
  readonly name: string;
  readonly reported: {
    readonly accounts: number;
    readonly exchanges: number;
    readonly days: number;
  };
  readonly make: (random: Random, place: Place) => Part;
}

const sized = (accounts: number, scale: number): number =>
  Math.max(8, Math.round(accounts * scale));

/** Every kind of operation that has been reported. */
export const CAMPAIGNS: readonly CampaignMaker[] = [
  {
    id: "reasoning-and-grading",
    name: "reasoning and rubric grading, load-balanced",
    reported: { accounts: 600, exchanges: 150_000, days: 18 },
    make: (random, { span, id, scale }) =>
      reasoningAndGrading(random, {
        span,
        id,
        accounts: sized(600, scale),
        cards: Math.ceil(sized(600, scale) / 6),
        perDay: 14,
      }),
  },
  {
    id: "agentic-harvest",
    name: "agentic coding over several doors",
    reported: { accounts: 600, exchanges: 3_400_000, days: 60 },
    make: (random, { span, id, scale }) =>
      agenticHarvest(random, {
        span,
        id,
        accounts: sized(600, scale),
        workers: Math.ceil(sized(600, scale) / 5),
        pause: 20 * MINUTE,
        hops: 0.3,
        cover: 0.35,
      }),
  },
  {
    id: "fixed-line",
    name: "one fixed line, pool banned, standby active",
    reported: { accounts: 25_000, exchanges: 28_800_000, days: 45 },
    make: (random, { span, id, scale }) =>
      fixedLine(random, {
        span,
        id,
        pool: sized(12_500, scale),
        perDay: 26,
        samples: 2,
        banAt: span.from + 0.55 * (span.until - span.from),
      }),
  },
  {
    id: "low-and-slow",
    name: "a few requests an account, working memory written out",
    reported: { accounts: 4000, exchanges: 16_000, days: 2 },
    make: (random, { span, id, scale }) =>
      lowAndSlow(random, {
        span,
        id,
        accounts: sized(4000, scale),
        each: 4,
        start: span.from + 0.6 * (span.until - span.from - 2 * DAY),
        days: 2,
        wordings: 6,
      }),
  },
];
