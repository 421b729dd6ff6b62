import { z } from "zod";
import { StillwatchError } from "../../core/errors.ts";
import { fieldProblem } from "../../ingest/field-problem.ts";
import { timeField } from "../../ingest/time-field.ts";
import type { Attestation, Holder, Statements } from "../../ledger/directives/attest.ts";
import { CLASS_NAME } from "../../ledger/directives/set-directives.ts";
import { POPULATIONS, type Scope } from "../../ledger/directives/tables.ts";

const name = z.string().min(1).max(256);

/** What is wrong with a line that names no account and no organization, or both. */
export const ONE_PLACE = "name an account or an organization, one of them";

/** Whether a line has one of two fields, and not the other. */
export function isOneOf<K extends string>(one: K, other: K) {
  return (line: Readonly<Partial<Record<K, unknown>>>): boolean =>
    (line[one] === undefined) !== (line[other] === undefined);
}

/** An account or an organization as the store has it. */
export function placeOf(line: {
  readonly account?: string | undefined;
  readonly organization?: string | undefined;
}): { readonly scope: Scope; readonly name: string } {
  const { account, organization = "" } = line;
  return account === undefined
    ? { scope: "organization", name: organization }
    : { scope: "account", name: account };
}

/** One line that says whether a class is a person's, by whom it was found out and until when that holds. */
export const attestationShape = z
  .strictObject({
    account: name.optional().describe("The account within which the person's id means one person"),
    organization: name.optional().describe("In place of the account: the organization"),
    person: name
      .optional()
      .describe("Without it: all of the account or organization who have no line of their own"),
    class: z.string().regex(CLASS_NAME, "is no word of small letters, digits and _"),
    holds: z
      .boolean()
      .nullable()
      .default(true)
      .describe("false: the person is not of the class; null: nothing is said any more"),
    method: z.string().min(1).max(256).describe("How it was found out, and by whom"),
    expires: timeField.describe("From then on it isn't known"),
  })
  .refine(isOneOf("account", "organization"), ONE_PLACE);

/** One line that says whose an account or a credential is, and who uses it. */
export const holderShape = z
  .strictObject({
    account: name.optional(),
    credential: name.optional().describe("In place of the account: a key's id, never the key"),
    organization: name.optional(),
    population: z.enum(POPULATIONS).default("customers"),
  })
  .refine(isOneOf("account", "credential"), "name an account or a credential, one of them");

/** A line as the store has it. */
export function attestationOf(line: z.output<typeof attestationShape>): Attestation {
  const { person = "", holds, method, expires } = line;
  return {
    ...placeOf(line),
    person,
    class: line.class,
    verdict: holds === null ? "withdrawn" : holds ? "in" : "not_in",
    method,
    expires,
  };
}

/** A line as the store has it. */
export function holderOf(line: z.output<typeof holderShape>): Holder {
  const { account, credential, organization = "", population } = line;
  return {
    kind: account === undefined ? "credential" : "account",
    name: account ?? credential ?? "",
    organization,
    population,
  };
}

/** Reads lines of both kinds (NDJSON): those with a `class` attest it. Throws SW_ATTESTATION_INVALID at the first that is neither. */
export function readStatements(file: string, text: string): Statements {
  const attestations: Attestation[] = [];
  const holders: Holder[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const value = parse(file, i + 1, line);
    if (value !== null && typeof value === "object" && "class" in value)
      attestations.push(attestationOf(shaped(attestationShape, file, i + 1, value)));
    else holders.push(holderOf(shaped(holderShape, file, i + 1, value)));
  }
  return { attestations, holders };
}

function parse(file: string, line: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(file, line, "not valid JSON");
  }
}

function shaped<T>(shape: z.ZodType<T>, file: string, line: number, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(file, line, fieldProblem(parsed.error));
}

function invalid(file: string, line: number, reason: string): StillwatchError {
  return new StillwatchError("SW_ATTESTATION_INVALID", { file, line, reason });
}
