import { z } from "zod";
import { ASSESSMENTS } from "../core/assessment.ts";
import { STEPS } from "../ledger/tables.ts";

/** How much an alert matters, least first. */
export const SEVERITIES = ["low", "medium", "high"] as const;
/** One of `SEVERITIES`. */
export type Severity = (typeof SEVERITIES)[number];

/** What can have happened: to a group, or (`lost`, `back`) to a field of the traffic, or that somebody took a step alone. */
export const CHANGES = [
  "flagged",
  "grew",
  "assessed",
  "merged",
  "split",
  "withdrawn",
  "lost",
  "back",
  "broke_glass",
  "test",
] as const;
/** One of `CHANGES`. */
export type Change = (typeof CHANGES)[number];

const SEVERITY_OF: Readonly<Record<Change, Severity>> = {
  flagged: "high",
  lost: "high",
  broke_glass: "high",
  grew: "medium",
  assessed: "medium",
  merged: "medium",
  split: "medium",
  test: "medium",
  withdrawn: "low",
  back: "low",
};

/** The shape of an alert as it is kept and sent. Times are ISO 8601 in UTC. */
export const alertShape = z.strictObject({
  /** The same for all that is ever told of one group, of one field, or of one step. */
  id: z.string(),
  /** Counts what is told of it, from 1. */
  sequence: z.int(),
  class: z.enum(["group", "health", "people", "test"]),
  severity: z.enum(SEVERITIES),
  /** What happened since it was last told of. */
  changes: z.array(z.enum(CHANGES)).readonly(),
  /** The same in words. */
  title: z.string(),
  /** When it was seen: the end of a tick, in the traffic's time; of a step, when it was taken. */
  time: z.string(),
  /** Why, in plain words; at most three. */
  reasons: z.array(z.string()).readonly(),
  /** Where more can be read; null where no `link` is configured. */
  link: z.string().nullable(),
  /** Null where it is about no group. */
  group: z
    .strictObject({
      id: z.string(),
      assessment: z.enum(ASSESSMENTS),
      accounts: z.int(),
      exchanges: z.int(),
      exchanges_before_alert: z.int(),
      coordination_bits: z.number(),
      harvest_bits: z.number(),
      first_seen: z.string(),
      last_seen: z.string(),
      detected_at: z.string().nullable(),
      /** The heaviest 100; absent unless `name_accounts` is set. */
      account_ids: z.array(z.string()).readonly().optional(),
    })
    .nullable(),
  /** Null where it is about no field. */
  field: z
    .strictObject({
      name: z.string(),
      platform: z.string(),
      /** Share of accounts that carry it, now and usually. */
      share: z.number(),
      usual: z.number(),
      /** Signals that need it. */
      blind: z.array(z.string()).readonly(),
    })
    .nullable(),
  /** Null where nobody broke glass. */
  glass: z
    .strictObject({
      case: z.string(),
      proposal: z.string(),
      step: z.enum(STEPS),
      accounts: z.int(),
      by: z.string(),
      until: z.string(),
      /** Limits that it is over, in words. */
      over: z.array(z.string()).readonly(),
    })
    .nullable()
    .default(null),
});
/** Something worth telling somebody. Holds no prompt and no answer. */
export type Alert = z.infer<typeof alertShape>;

/** The greatest severity of some changes. */
export function severityOf(changes: readonly Change[]): Severity {
  const ranks = changes.map((change) => SEVERITIES.indexOf(SEVERITY_OF[change]));
  return SEVERITIES[Math.max(0, ...ranks)]!;
}

/** True where a severity is at least another. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}

/** Two alerts of one id as the later one, with the changes of both: nothing between them was sent. */
export function joined(earlier: Alert, later: Alert): Alert {
  const changes = [...new Set([...earlier.changes, ...later.changes])];
  const title = earlier.title === later.title ? later.title : `${earlier.title}; ${later.title}`;
  return { ...later, changes, title, severity: severityOf(changes) };
}
