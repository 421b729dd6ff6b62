import { errorAt, provingDraw } from "../../stats/proving-draw.ts";
import { upperMarked } from "../../stats/upper-marked.ts";
import type { CaseMemberRow, Finding } from "../tables.ts";
import type { ReviewPolicy } from "./review-policy.ts";

/** Why an account is looked at by itself, and no sample stands for it. */
export type OneByOne = "unmeasured" | "protected" | "long_tenured" | "declared" | "below_threshold";

/** An account that no sample stands for. */
export interface SingleAccount {
  readonly account: string;
  readonly reasons: readonly OneByOne[];
  /** As it is now; undefined where nobody has opened it since it changed. */
  readonly finding: Finding | undefined;
}

/** Part of the accounts that a sample stands for. */
export interface SampledPart {
  /** Such as `operated, 10-99 exchanges`. */
  readonly name: string;
  readonly accounts: number;
  readonly toOpen: number;
  readonly opened: number;
}

/** What a review has shown, and what it still takes before a step on the group unlocks. */
export interface ReviewPlan {
  readonly single: readonly SingleAccount[];
  readonly parts: readonly SampledPart[];
  /** Accounts of the sample that nobody has found to be something yet, in the order to open them. */
  readonly pending: readonly string[];
  /** Of the sample: found legitimate or unclear. Each of them makes the sample larger. */
  readonly found: number;
  /** Of the accounts that nobody opened: which share may be legitimate, at most, and of how many. Undefined until the sample is complete. */
  readonly bound: { readonly share: number; readonly unopened: number } | undefined;
  /** What a step on the group is about: all that the sample stands for but those found legitimate or unclear, and single ones that were found positive. Empty until it unlocks. */
  readonly accounts: readonly string[];
}

/** What a plan is made of. */
export interface PlanInput {
  /** Members now. */
  readonly members: readonly CaseMemberRow[];
  /** By account, as it is now. */
  readonly findings: ReadonlyMap<string, Finding>;
  readonly policy: ReviewPolicy["review"];
  /** The order of the sample: no account's rank says anything about another's, and nobody outside can know them. */
  readonly rankOf: (account: string) => string;
  readonly now: Date;
}

/**
 * The plan of a review. A sample is drawn of the operated accounts that nothing speaks for, the same share of each part
 * (by how much they sent); as long as it shows none that is legitimate it is the least one that proves what the policy
 * asks, and each one found moves on to the least one that still proves it (`provingDraw`). O(accounts · log accounts).
 */
export function reviewPlan(input: PlanInput): ReviewPlan {
  const { members, findings, policy, rankOf } = input;
  const single = members.flatMap((member): readonly SingleAccount[] => {
    const reasons = reasonsFor(member, input);
    const { account } = member;
    return reasons.length === 0 ? [] : [{ account, reasons, finding: findings.get(account) }];
  });
  const alone = new Set(single.map(({ account }) => account));
  const rest = members.filter(({ account }) => !alone.has(account));
  const ranks = new Map(rest.map(({ account }) => [account, rankOf(account)]));
  const parts = [...Map.groupBy(rest, partOf)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => ({
      name,
      accounts: own
        .map(({ account }) => account)
        .toSorted((a, b) => (ranks.get(a)! < ranks.get(b)! ? -1 : 1)),
    }));
  const sample = sampleOf(parts, findings, policy);
  const positive = single.flatMap(({ account, finding }) =>
    finding === "positive" ? [account] : [],
  );
  const sound = rest.flatMap(({ account }) =>
    (findings.get(account) ?? "positive") === "positive" ? [account] : [],
  );
  const accounts = sample.pending.length > 0 ? [] : [...sound, ...positive].toSorted();
  return { single, ...sample, accounts };
}

/** Why a member is no such account as a sample can stand for; empty where it is. */
function reasonsFor(member: CaseMemberRow, { policy, now }: PlanInput): readonly OneByOne[] {
  if (member.measured === null) return ["unmeasured"];
  const days = member.since === null ? 0 : (now.getTime() - Date.parse(member.since)) / 86_400_000;
  const declared = policy.declared_by.some((what) => (member[what] ?? "") !== "");
  const reasons: readonly (readonly [OneByOne, boolean])[] = [
    ["protected", member.protected === 1],
    ["long_tenured", days >= policy.long_tenure_days],
    ["declared", declared],
    ["below_threshold", member.role !== "operated" || member.share < policy.least_share],
  ];
  return reasons.flatMap(([reason, holds]) => (holds ? [reason] : []));
}

/** Role, and how much it sent by powers of ten: bystanders that were gathered by mistake are seldom the heaviest. */
function partOf({ role, exchanges }: CaseMemberRow): string {
  const digits = String(Math.max(1, exchanges)).length;
  const from = 10 ** (digits - 1);
  return `${role}, ${from}-${from * 10 - 1} exchanges`;
}

type Sample = Pick<ReviewPlan, "parts" | "pending" | "found" | "bound">;

/** The first sample that what was found so far leaves possible. */
function sampleOf(
  parts: readonly { readonly name: string; readonly accounts: readonly string[] }[],
  findings: ReadonlyMap<string, Finding>,
  { wrong_share: limit, confidence }: ReviewPolicy["review"],
): Sample {
  const sizes = parts.map(({ accounts }) => accounts.length);
  const error = 1 - confidence;
  for (let foreseen = 0; ; foreseen++) {
    const drawn = provingDraw(sizes, { limit, error, found: foreseen });
    const sampled = parts.map(({ accounts }, i) => accounts.slice(0, drawn[i]));
    const opened = sampled.map((own) => own.filter((account) => findings.has(account)));
    const found = opened.flat().filter((account) => findings.get(account) !== "positive").length;
    const whole = drawn.every((count, i) => count === sizes[i]);
    if (found > foreseen && !whole) continue;
    const pending = sampled.flat().filter((account) => !findings.has(account));
    const strata = sizes.map((size, i) => ({ size, drawn: drawn[i]! }));
    const unopened = sizes.reduce((sum, size) => sum + size, 0) - sampled.flat().length;
    const most = upperMarked({ strata, found, error: errorAt(foreseen, error) }) - found;
    return {
      parts: parts.map(({ name, accounts }, i) => {
        const counts = { toOpen: sampled[i]!.length, opened: opened[i]!.length };
        return { name, accounts: accounts.length, ...counts };
      }),
      pending,
      found,
      bound:
        pending.length > 0 ? undefined : { share: unopened === 0 ? 0 : most / unopened, unopened },
    };
  }
}
