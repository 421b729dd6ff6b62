import { z } from "zod";
import type { Agreement } from "../core/agreement.ts";
import { StillwatchError } from "../core/errors.ts";
import { fieldProblem } from "./field-problem.ts";
import { openSource, readFileChunks } from "./open-source.ts";
import { readTextLines } from "./read-text-lines.ts";
import { timeField } from "./time-field.ts";

const names = z.array(z.string().min(1)).readonly();

/** A line of an agreements file. */
export const agreementShape = z
  .strictObject({
    id: z.string().min(1),
    customer: z.string().min(1),
    organizations: names.default([]),
    accounts: names.default([]),
    models: names.default([]),
    purpose: z.string().min(1),
    budget: z
      .strictObject({
        exchanges: z.int().positive().optional(),
        output_tokens: z.int().positive().optional(),
      })
      .optional(),
    from: timeField,
    until: timeField,
    document: z.string().optional(),
    document_sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "is no SHA-256: 64 hexadecimal digits")
      .optional(),
  })
  .refine((agreement) => agreement.organizations.length + agreement.accounts.length > 0, {
    path: ["organizations"],
    message: "an agreement names at least one organization or account",
  })
  .refine((agreement) => agreement.from < agreement.until, {
    path: ["until"],
    message: "must be after `from`",
  });

/**
 * Agreements from NDJSON or from one JSON array. An agreement clears what it covers, so one that cannot be
 * read stops the run, as does one whose id the ledger's register has: throws SW_AGREEMENT_INVALID with its line, or its number
 * in the array.
 */
export async function loadAgreements(
  file: string,
  register: readonly Agreement[] = [],
): Promise<readonly Agreement[]> {
  const agreements: Agreement[] = [];
  const lineOf = new Map<string, number>();
  const registered = new Set(register.map(({ id }) => id));
  for (const { line, value } of await readValues(file)) {
    const parsed = agreementShape.safeParse(value);
    if (!parsed.success) throw invalid(file, line, fieldProblem(parsed.error));
    const before = lineOf.get(parsed.data.id);
    if (before !== undefined) throw invalid(file, line, `id: already given in ${before}`);
    if (registered.has(parsed.data.id)) throw invalid(file, line, "id: the ledger has it already");
    lineOf.set(parsed.data.id, line);
    agreements.push(parsed.data);
  }
  return agreements;
}

async function readValues(file: string): Promise<{ line: number; value: unknown }[]> {
  const source = await openSource(readFileChunks(file), () => {});
  const lines: { line: number; text: string }[] = [];
  for await (const read of readTextLines(source.chunks)) {
    if ("reason" in read) throw invalid(file, read.line, read.reason);
    lines.push(read);
  }
  if (!lines[0]?.text.trimStart().startsWith("[")) {
    return lines.map(({ line, text }) => ({ line, value: parse(file, line, text) }));
  }
  const whole = parse(file, lines[0].line, lines.map(({ text }) => text).join("\n"));
  if (!Array.isArray(whole)) throw invalid(file, lines[0].line, "expected a JSON array");
  return whole.map((value: unknown, index) => ({ line: index + 1, value }));
}

function parse(file: string, line: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(file, line, "not valid JSON");
  }
}

function invalid(file: string, line: number, reason: string): StillwatchError {
  return new StillwatchError("SW_AGREEMENT_INVALID", { file, line, reason });
}
