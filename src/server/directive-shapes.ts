import { z } from "zod";
import { timeField } from "../ingest/time-field.ts";
import type { Directive } from "../ledger/directives/read-directives.ts";
import { REMEDY } from "../ledger/directives/set-directives.ts";
import {
  DIRECTIVE_STATES,
  type ExemptionRow,
  POPULATIONS,
  type RefusalRow,
  UNKNOWNS,
} from "../ledger/directives/tables.ts";
import type { DryRun } from "../response/directives/dry-run.ts";
import {
  attestationShape,
  holderShape,
  isOneOf,
  ONE_PLACE,
} from "../response/directives/statement-line.ts";
import type { DirectiveNotice } from "../response/directives/restriction-of.ts";
import { reason } from "./case-shapes.ts";

const text = z.string();
const maybe = z.string().nullable();
const name = z.string().min(1).max(256);
const scope = z.enum(["account", "organization"]);
const why = z.enum(["in", "unknown"]).describe("the class is the person's, or that isn't known");
const action = z.enum(["deny", "verify"]);

/** A directive to be drafted. */
export const draftShape = z.strictObject({
  class: text.describe("the class of persons, as attestations call it"),
  models: z.array(text).describe("exactly, or the beginning of names and a *; aliases too"),
  populations: z
    .array(z.enum(POPULATIONS))
    .default([...POPULATIONS])
    .describe("whom it binds"),
  unknowns: z
    .enum(UNKNOWNS)
    .default("deny")
    .describe("what is done about persons of whom it isn't known whether the class is theirs"),
  begins: timeField.optional().describe("else when it is put in force"),
  ends: timeField.optional().describe("else when it is lifted"),
  words: text.describe("what is told to whoever is turned away"),
  remedy: text.default(REMEDY).describe("what they can do about it"),
});

/** Somebody to be let pass. */
export const exemptionShape = z
  .strictObject({
    account: name.optional(),
    organization: name.optional().describe("In place of the account"),
    person: name.optional().describe("Without it: all of the account or organization"),
    until: timeField.describe("now or earlier ends an exemption"),
    reason,
  })
  .refine(isOneOf("account", "organization"), ONE_PLACE);

/** Who is of which class, and whose accounts and credentials are. */
export const statementsShape = z.strictObject({
  attestations: z.array(attestationShape).max(5_000).default([]),
  holders: z.array(holderShape).max(5_000).default([]),
});

/** A directive and whom it lets pass. */
export const directiveShape = z.object({
  number: z.int(),
  state: z.enum(DIRECTIVE_STATES),
  class: text,
  models: z.array(text),
  populations: z.array(z.enum(POPULATIONS)),
  unknowns: z.enum(UNKNOWNS),
  begins: maybe,
  ends: maybe,
  words: text,
  remedy: text,
  drafted: text,
  drafted_by: text,
  enforced: maybe,
  enforced_by: maybe,
  lifted: maybe,
  lifted_by: maybe,
  exemptions: z.array(
    z.object({
      directive: z.int(),
      scope,
      name: text,
      person: text.describe("empty for all of the account or organization"),
      until: text,
      reason: text,
      made: text,
      made_by: text,
    }) satisfies z.ZodType<ExemptionRow>,
  ),
}) satisfies z.ZodType<Directive>;

/** What gateways are told of directives in force. */
export const noticesShape = z.object({
  directives: z.array(
    z.object({
      directive: text,
      models: z.array(text),
      begins: maybe,
      ends: maybe,
      words: text,
      remedy: text,
    }) satisfies z.ZodType<DirectiveNotice>,
  ),
});

/** Whom a directive turned away. */
export const refusalsShape = z.object({
  refusals: z.array(
    z.object({
      directive: z.int(),
      day: text,
      account: text,
      person: text.describe("empty where it isn't said; with `model`, where they were too many"),
      model: text,
      why,
      action,
      first: text,
      last: text,
      count: z.int(),
    }) satisfies z.ZodType<RefusalRow>,
  ),
});

/** What a directive would do, by the traffic of late. */
export const dryRunShape = z.object({
  directive: text,
  from: maybe,
  to: maybe,
  days: z.int(),
  models: z.array(z.object({ model: text, covered: z.boolean(), exchanges: z.int() })),
  loses: z.array(
    z.object({
      account: text,
      organization: maybe,
      population: z.enum(POPULATIONS),
      person: maybe.describe("null: end users of whom nothing is attested, or nobody was named"),
      persons: z.int(),
      why,
      action,
      exchanges: z.int(),
      models: z.record(text, z.int()),
    }),
  ),
  keep: z
    .object({ not_in: z.int(), unknown: z.int(), exempt: z.int(), outside: z.int() })
    .describe("exchanges of those who keep access, by why"),
}) satisfies z.ZodType<DryRun>;
