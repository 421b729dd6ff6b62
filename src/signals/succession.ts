import { z } from "zod";
import { poissonMixture } from "../stats/poisson-mixture.ts";
import { upperRate } from "../stats/upper-rate.ts";
import { defineSignal, percent, silence } from "./signal.ts";
import type { Slice } from "./slice.ts";

const HOUR = 3600;

/** Standby accounts that begin when others of the group are suspended. */
export const succession = defineSignal({
  id: "succession",
  title: "Begins when others of the group are suspended",
  axis: "coordination",
  channel: "identity",
  summary:
    "Payers of the group that signed up before several others of it were suspended, had sent nothing until then, and begin within hours, against when everyone else's accounts begin.",
  references: ["evidence.md §8", "Anthropic, September 2026: a pool is banned, the next is active"],
  falsePositives: [
    "customers who register again (left out: they signed up after the suspension)",
    "a customer's own spare account (left out: one payer)",
    "an incident or a campaign that makes many begin (divided out by everyone's beginnings)",
  ],
  blindSpots: [
    "pools that are never suspended",
    "a standby that works a little from the start, or waits for days",
    "logs without account facts",
  ],
  needs: "accounts: payment, phone or device",
  parameters: z.object({
    cap_bits: z.number().default(20).describe("Most bits"),
    least_suspended: z
      .number()
      .int()
      .default(3)
      .describe("Fewest members suspended within as many hours"),
    hours: z.number().int().default(6).describe("Hours after the first suspension"),
    around_hours: z
      .number()
      .int()
      .default(48)
      .describe("Beginnings are looked at so many hours before it and after"),
    least_null_rate: z
      .number()
      .default(0.1)
      .describe("The share of beginnings in those hours that is taken for ordinary at least"),
  }),
  measure(slice, { cap_bits, least_suspended, hours, around_hours, least_null_rate }) {
    const unknown = { median: 0, low: 0, high: 1, n: 0 };
    const wave = suspensionWave(slice.tenure, least_suspended, hours * HOUR);
    if (wave === undefined) return silence(0, unknown);
    const hour = Math.floor(wave.at / HOUR);
    const begun = beginnings(slice, wave, around_hours);
    const isSoon = (first: number): boolean =>
      first >= wave.at && Math.floor(first / HOUR) < hour + hours;
    let [all, soon] = [0, 0];
    for (let h = hour - around_hours; h < hour + around_hours; h++) {
      const n = slice.surroundings.starts?.get(h) ?? 0;
      all += n;
      if (h >= hour && h < hour + hours) soon += n;
    }
    for (const { first } of slice.tenure) {
      const at = Math.floor(first / HOUR);
      if (at < hour - around_hours || at >= hour + around_hours) continue;
      all -= 1;
      if (at >= hour && at < hour + hours) soon -= 1;
    }
    const ordinary = all <= 0 ? 0 : soon / all;
    const nullRate = Math.max(least_null_rate, upperRate(Math.max(0, soon), all));
    const reference = { median: ordinary, low: ordinary, high: nullRate, n: Math.max(0, all) };
    const successors = begun.filter(({ first }) => isSoon(first));
    if (begun.length === 0) return silence(0, reference);
    return {
      bits: Math.min(
        cap_bits,
        poissonMixture({ events: successors.length, trials: begun.length, nullRate }),
      ),
      value: successors.length / begun.length,
      reference,
      sentence: `${wave.suspended.length} members were suspended within ${hours} hours; of ${begun.length} others that had signed up before and sent their first request within ${around_hours} hours of it, ${successors.length} (${percent(successors.length / begun.length)}) began in the ${hours} hours after; of ${Math.max(0, all)} accounts outside that began in those days ${percent(ordinary)} did.`,
      examples: [],
      foundGroup: false,
      ties: {
        tested: new Set([...wave.suspended, ...begun.map(({ account }) => account)]),
        tied: new Set([...wave.suspended, ...successors.map(({ account }) => account)]),
      },
    };
  },
});

/** Several members suspended at about one time. */
interface Wave {
  /** When the first of them was, in seconds. */
  readonly at: number;
  readonly suspended: readonly number[];
  readonly payers: ReadonlySet<number>;
}

/** The first time at which at least so many members were suspended within a span, in seconds. */
function suspensionWave(tenure: Slice["tenure"], least: number, span: number): Wave | undefined {
  const ended = tenure
    .filter(({ suspended }) => suspended > 0)
    .toSorted((a, b) => a.suspended - b.suspended);
  const at = ended.find((one, i) => {
    const last = ended[i + least - 1];
    return last !== undefined && last.suspended - one.suspended <= span;
  })?.suspended;
  if (at === undefined) return undefined;
  const within = ended.filter(({ suspended }) => suspended >= at && suspended - at <= span);
  return {
    at,
    suspended: within.map(({ account }) => account),
    payers: new Set(within.map(({ payer }) => payer)),
  };
}

/** Of every payer who lost no account, the first account that signed up before the wave and began around it. */
function beginnings(slice: Slice, { at, payers }: Wave, around: number): Slice["tenure"] {
  const seen = new Set(payers);
  return slice.tenure
    .filter(
      ({ created, first }) => created > 0 && created < at && Math.abs(first - at) < around * HOUR,
    )
    .toSorted((a, b) => a.first - b.first)
    .filter(({ payer }) => {
      const isNew = !seen.has(payer);
      seen.add(payer);
      return isNew;
    });
}
