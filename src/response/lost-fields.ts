import { z } from "zod";
import { percent } from "../core/counted.ts";
import { ALL_SIGNALS } from "../signals/all-signals.ts";
import { type Alert, type Change, severityOf } from "./alert.ts";

/** Fields that senders' software sends or doesn't, and how signals that are blind without them say so (`needs`). */
const NEEDED_AS = {
  request: ["request"],
  response: ["response"],
  usage: [],
  model: ["model"],
  credential: ["credential, client.ip and client.user_agent"],
  "client.ip": ["client.ip", "credential, client.ip and client.user_agent"],
  "client.user_agent": [
    "client.user_agent or client.ja4",
    "credential, client.ip and client.user_agent",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
/** A field whose loss is told. */
export type WatchedField = keyof typeof NEEDED_AS;

/** How much of a platform's traffic of one tick carries a field that signals read. */
export interface FieldShare {
  readonly field: WatchedField;
  /** The door the traffic came through; empty where it is not told. */
  readonly platform: string;
  /** Of how many exchanges and accounts this is told. */
  readonly exchanges: number;
  readonly accounts: number;
  /** Shares of exchanges, and of accounts with at least one exchange, that carry it. */
  readonly share: number;
  readonly accountShare: number;
}

/** What is known of a field on a platform. */
export const toldFieldShape = z.strictObject({
  sequence: z.int(),
  /** Means of both shares, of ticks at which the field was not lost: of all up to 24, then the older ones fade. */
  share: z.number(),
  accountShare: z.number(),
  ticks: z.int(),
  lost: z.boolean(),
});
type ToldField = z.infer<typeof toldFieldShape>;
/** By platform and field. */
export type ToldFields = Readonly<Record<string, ToldField>>;

/** How many ticks the usual share remembers: a day of hours, so that nights and days are both in it. */
const MEMORY_TICKS = 24;
/** Ticks that only teach. */
const LEARNING_TICKS = 3;
/**
 * Of so many accounts a share of one half has a standard deviation of 0.07, so that chance takes it to a quarter at one
 * tick in five thousand, and one that is nearly whole never.
 */
const LEAST_ACCOUNTS = 50;
/** A field that fewer usually carry comes and goes with its customers. */
const LEAST_USUAL = 0.5;
const LOST_BELOW = 0.5;
const BACK_ABOVE = 0.75;

/** What to write of fields. */
export interface FieldWording {
  /** End of the tick, ISO 8601. */
  readonly time: string;
}

/**
 * Fields that senders stopped sending. Whether a field is sent is a trait of the gateway's software, the same for all
 * who call through it; so it is lost where, on one platform, both its share of exchanges and its share of accounts
 * fall below half of the usual at one tick: a customer who calls in another way moves the first, not the second. It
 * is back at three quarters. What it usually is, is not learned while it is lost.
 */
export function lostFields(
  told: ToldFields,
  shares: readonly FieldShare[],
  wording: FieldWording,
): { readonly alerts: readonly Alert[]; readonly told: ToldFields } {
  const alerts: Alert[] = [];
  const after: Record<string, ToldField> = { ...told };
  for (const now of shares) {
    if (now.accounts < LEAST_ACCOUNTS) continue;
    const key = `${now.platform} ${now.field}`;
    const before = Object.hasOwn(told, key) ? told[key]! : NEVER_SEEN;
    const change = changeOf(before, now);
    const lost = change === "lost" || (before.lost && change !== "back");
    const sequence = before.sequence + (change === undefined ? 0 : 1);
    after[key] = { ...(lost ? before : learned(before, now)), sequence, lost };
    if (change !== undefined)
      alerts.push(fieldAlert(now, before, { ...wording, change, sequence }));
  }
  return { alerts, told: after };
}

const NEVER_SEEN: ToldField = { sequence: 0, share: 0, accountShare: 0, ticks: 0, lost: false };

function changeOf(before: ToldField, now: FieldShare): "lost" | "back" | undefined {
  if (before.lost) return now.accountShare >= before.accountShare * BACK_ABOVE ? "back" : undefined;
  if (before.ticks < LEARNING_TICKS || before.accountShare < LEAST_USUAL) return undefined;
  const fell =
    now.accountShare < before.accountShare * LOST_BELOW && now.share < before.share * LOST_BELOW;
  return fell ? "lost" : undefined;
}

function learned(before: ToldField, now: FieldShare): ToldField {
  const weight = 1 / Math.min(before.ticks + 1, MEMORY_TICKS);
  return {
    ...before,
    share: before.share + (now.share - before.share) * weight,
    accountShare: before.accountShare + (now.accountShare - before.accountShare) * weight,
    ticks: Math.min(before.ticks + 1, MEMORY_TICKS),
  };
}

function fieldAlert(
  { field, platform, accountShare }: FieldShare,
  before: ToldField,
  wording: FieldWording & { readonly change: Change; readonly sequence: number },
): Alert {
  const { change, sequence, time } = wording;
  const signals = blindWithout(field);
  const where = platform === "" ? "" : ` on platform ${platform}`;
  const carry = `${percent(accountShare)} of the accounts carry it, usually ${percent(before.accountShare)}`;
  return {
    id: `field_${platform}_${field}`,
    sequence,
    class: "health",
    severity: severityOf([change]),
    changes: [change],
    title: `${field} is ${change === "lost" ? "missing from the traffic" : "back in the traffic"}${where}: ${carry}`,
    time,
    reasons: change === "lost" ? [blindWords(signals)] : [],
    link: null,
    group: null,
    field: {
      name: field,
      platform,
      share: accountShare,
      usual: before.accountShare,
      blind: signals,
    },
    glass: null,
  };
}

/** Signals that see nothing without a field. */
export function blindWithout(field: WatchedField): readonly string[] {
  const needed: readonly string[] = NEEDED_AS[field];
  return ALL_SIGNALS.filter(({ needs }) => needed.includes(needs)).map(({ id }) => id);
}

function blindWords(signals: readonly string[]): string {
  return signals.length === 0
    ? "Descriptions that need it say nothing of this traffic."
    : `Without it these signals see nothing here: ${signals.join(", ")}. What is not sent now can't be had later.`;
}
