import { z } from "zod";
import { EXPLANATIONS } from "../ledger/move-case.ts";
import type { EvidenceEntry } from "../ledger/preserve-evidence.ts";
import type { CaseFile, CaseSummary } from "../ledger/read-cases.ts";
import { CASE_STATES, FINDINGS, STEPS } from "../ledger/tables.ts";

/** Why something is done: it stays in the audit. */
export const reason = z.string().trim().min(1).max(2_000).describe("why; it stays in the audit");
/** A moment, ISO 8601 in UTC. */
export const moment = z.iso.datetime();
const text = z.string();
const maybe = z.string().nullable();

/** A case in brief. */
export const summaryShape = z.object({
  number: z.int(),
  lineage: text,
  state: z.enum(CASE_STATES),
  opened: text,
  updated: text,
  closed: maybe,
  assessment: z.enum(["campaign", "relay", "bulk", "explained", "undetermined", "watch"]),
  accounts: z.int(),
  exchanges: z.int(),
  bits: z.number(),
  group_sha256: text,
  explained_as: maybe,
  reopen_bits: z.number().nullable(),
  held: maybe,
  forgotten: maybe,
}) satisfies z.ZodType<CaseSummary>;

/** A case and all that belongs to it; the group as docs/schema/scan-v1.json has it. */
export const fileShape = z.object({
  case: summaryShape,
  group: z.looseObject({ id: text }).optional(),
  members: z.array(
    z.object({
      account: text,
      role: text,
      share: z.number(),
      exchanges: z.int(),
      joined: text,
      left_at: maybe,
    }),
  ),
  reviews: z.array(
    z.object({
      number: z.int(),
      reviewer: text,
      time: text,
      account: text.describe("empty for the case as a whole"),
      finding: z.enum(FINDINGS).nullable(),
    }),
  ),
  proposals: z.array(
    z.object({
      number: z.int(),
      step: z.enum(STEPS),
      ends: text,
      reason: text,
      proposed_by: text,
      lapses: text,
      approved_by: maybe,
      decision: z.int().nullable(),
    }),
  ),
  decisions: z.array(
    z.object({
      number: z.int(),
      account: text,
      step: z.enum(STEPS),
      reason_code: text,
      made: text,
      made_by: text,
      expires: text,
      lifted: maybe,
    }),
  ),
  history: z.array(z.object({ sequence: z.int(), time: text, actor: text, action: text })),
} satisfies Readonly<Record<keyof CaseFile, z.ZodType>>);
/** What a case preserved, without content. */
export const evidenceShape = z.object({
  exchange: text,
  account: text,
  time: text,
  cited: z.boolean(),
  readable: z.boolean().describe("false once it was erased"),
}) satisfies z.ZodType<EvidenceEntry>;

const reopenBits = z
  .number()
  .min(0)
  .optional()
  .describe(
    "evidence on the weaker axis at which it comes back; 10 bits more than now unless given",
  );

/** Where a person moves a case. */
export const moveShape = z.discriminatedUnion("to", [
  z.strictObject({ to: z.enum(["confirmed", "upheld", "suspected"]), reason }),
  z.strictObject({
    to: z.literal("explained"),
    as: z.enum(EXPLANATIONS),
    reopen_bits: reopenBits,
    reason,
  }),
  z.strictObject({ to: z.literal("overturned"), reopen_bits: reopenBits, reason }),
]);
