import type { Kysely } from "kysely";
import { z } from "zod";
import { describedKeys } from "../../core/described-keys.ts";
import { StillwatchError } from "../../core/errors.ts";
import { canonicalJson, type Json } from "../canonical-json.ts";
import type { Ledger } from "../open-ledger.ts";
import { type LedgerTables, type ReviewPolicyRow, STEPS } from "../tables.ts";
import { assertMay } from "../users.ts";

const share = z.number().min(0).max(1);

/** The shape of `review-policy.yaml`: every key may be left out, and none is unknown. */
export const REVIEW_POLICY_SHAPE = z.strictObject({
  version: z.literal(1).default(1).describe("Version of this form"),
  review: z
    .strictObject({
      wrong_share: z
        .number()
        .gt(0)
        .max(0.5)
        .default(0.02)
        .describe("Which share of the accounts that nobody opened may be legitimate, at most"),
      confidence: z.number().min(0.5).lt(1).default(0.95).describe("How sure that must be"),
      long_tenure_days: z
        .int()
        .min(1)
        .default(365)
        .describe("Accounts that are at least so old are looked at one by one"),
      least_share: share
        .default(0.5)
        .describe("So are those with a lesser share of their exchanges in the group's work"),
      declared_by: z
        .array(z.enum(["organization", "program", "agreement"]))
        .default(["organization", "program", "agreement"])
        .describe("So are those that have one of these"),
    })
    .prefault({}),
  second_person: z
    .strictObject({
      steps: z
        .array(z.enum(STEPS))
        .default(["withhold_reasoning", "deny"])
        .describe("Steps that take a second person, however few accounts they are about"),
      accounts_over: z
        .int()
        .min(0)
        .default(20)
        .describe(
          "Any other step does if it is about more accounts than this, those included that steps of the case hold for",
        ),
      approval_hours: z
        .number()
        .gt(0)
        .max(720)
        .default(24)
        .describe("How long a proposed step can be approved"),
    })
    .prefault({}),
  limits: z
    .strictObject({
      accounts_share: share
        .default(0.1)
        .describe("Share of the week's accounts that one step may be about"),
      exchanges_share: share
        .default(0.25)
        .describe("Share of the week's exchanges that are theirs"),
      billed_share: share.default(0.1).describe("Share of what was billed in the week"),
      protected_accounts: z
        .int()
        .min(0)
        .default(5)
        .describe("Protected accounts that one step may be about"),
    })
    .prefault({}),
  break_glass: z
    .strictObject({
      hours: z
        .number()
        .gt(0)
        .max(24)
        .default(24)
        .describe("How long a step lasts, at most, that one person takes alone"),
    })
    .prefault({}),
});

/** By which rules cases are reviewed and steps taken. */
export type ReviewPolicy = z.infer<typeof REVIEW_POLICY_SHAPE>;

/** What holds where nothing else was approved. */
export const DEFAULT_REVIEW_POLICY: ReviewPolicy = REVIEW_POLICY_SHAPE.parse({});

/** A policy as YAML, each key with what it means and may be in a comment above it. */
export function policyText(policy: ReviewPolicy): string {
  const { version, ...sections } = REVIEW_POLICY_SHAPE.shape;
  const lines = Object.entries(sections).flatMap(([name, section]) => [
    "",
    `${name}:`,
    ...describedKeys(section.unwrap(), "  ", policy[name as keyof typeof sections]),
  ]);
  return [...describedKeys(z.object({ version }), "", policy), ...lines, ""].join("\n");
}

/** The policy that holds, and its version: 0 is the default. */
export async function policyInForce(
  store: Kysely<LedgerTables>,
): Promise<{ readonly version: number; readonly policy: ReviewPolicy }> {
  const row = await store
    .selectFrom("review_policies")
    .select(["version", "policy"])
    .where("approved", "is not", null)
    .orderBy("version", "desc")
    .executeTakeFirst();
  if (row === undefined) return { version: 0, policy: DEFAULT_REVIEW_POLICY };
  return {
    version: row.version,
    policy: REVIEW_POLICY_SHAPE.parse(JSON.parse(row.policy)),
  };
}

/** All versions, the newest first. */
export function readPolicies(ledger: Ledger): Promise<readonly ReviewPolicyRow[]> {
  return ledger.read((store) =>
    store.selectFrom("review_policies").selectAll().orderBy("version", "desc").execute(),
  );
}

/** Proposes other rules; they hold once somebody else approves them. Answers their version. Throws SW_USER_REFUSED. */
export function proposePolicy(
  ledger: Ledger,
  { policy, by, reason }: { policy: ReviewPolicy; by: string; reason: string },
): Promise<number> {
  return ledger.change(async (change) => {
    const { tx, time, record } = change;
    const actor = await assertMay(change, by, "policy");
    const last = await tx
      .selectFrom("review_policies")
      .select((of) => of.fn.max("version").as("n"))
      .executeTakeFirst();
    const version = (last?.n ?? 0) + 1;
    const text = canonicalJson(policy);
    const row: ReviewPolicyRow = {
      version,
      policy: text,
      reason,
      proposed: time,
      proposed_by: by,
      approved: null,
      approved_by: null,
    };
    await tx.insertInto("review_policies").values(row).execute();
    const details = { reason, policy: JSON.parse(text) as Json };
    record({ actor, action: "policy.proposed", object: `policy:${version}`, details });
    return version;
  });
}

/** Approves rules that somebody else proposed; they hold from now on. Throws SW_PROPOSAL_UNKNOWN, SW_APPROVAL_REFUSED, SW_USER_REFUSED. */
export async function approvePolicy(
  ledger: Ledger,
  { version, by, reason }: { version: number; by: string; reason: string },
): Promise<void> {
  await ledger.change(async (change) => {
    const { tx, time, record } = change;
    const actor = await assertMay(change, by, "policy");
    const rows = await tx.selectFrom("review_policies").selectAll().execute();
    const row = rows.find((one) => one.version === version);
    if (row === undefined)
      throw new StillwatchError("SW_PROPOSAL_UNKNOWN", { id: `policy ${version}` });
    const refuse = (why: string): never => {
      throw new StillwatchError("SW_APPROVAL_REFUSED", {
        by,
        id: `policy ${version}`,
        reason: why,
      });
    };
    if (row.proposed_by === by) refuse("the same person proposed it");
    if (rows.some((one) => one.approved !== null && one.version >= version))
      refuse("it, or a later version, was approved already");
    await tx
      .updateTable("review_policies")
      .set({ approved: time, approved_by: by })
      .where("version", "=", version)
      .execute();
    const details = { reason, proposed_by: row.proposed_by };
    record({ actor, action: "policy.approved", object: `policy:${version}`, details });
  });
}
