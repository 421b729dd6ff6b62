import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import { fieldProblem } from "./field-problem.ts";
import { openSource, readFileChunks } from "./open-source.ts";
import { readTextLines } from "./read-text-lines.ts";

const name = z.string().min(1);

const labelShape = z
  .strictObject({
    account: name.optional(),
    group: name.optional(),
    label: z.enum(["positive", "legitimate"]),
  })
  .refine(({ account, group }) => (account === undefined) !== (group === undefined), {
    message: "a label is about an account or a group, and about one of them",
  });

/** What a person found an account, or all accounts of a group of the last scan, to be. `line`: where it stands, from 1. */
export type Label = z.infer<typeof labelShape> & { readonly line: number };

/** Labels from NDJSON. Throws SW_INPUT_MISSING, SW_INPUT_UNREADABLE, SW_LABELS_INVALID with the line. */
export async function loadLabels(file: string): Promise<readonly Label[]> {
  const source = await openSource(readFileChunks(file), () => {});
  const labels: Label[] = [];
  for await (const read of readTextLines(source.chunks)) {
    if ("reason" in read) throw invalid(file, read.line, read.reason);
    const parsed = labelShape.safeParse(valueOf(file, read));
    if (!parsed.success) throw invalid(file, read.line, fieldProblem(parsed.error));
    labels.push({ ...parsed.data, line: read.line });
  }
  return labels;
}

function valueOf(file: string, { line, text }: { line: number; text: string }): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(file, line, "not valid JSON");
  }
}

function invalid(file: string, line: number, reason: string): StillwatchError {
  return new StillwatchError("SW_LABELS_INVALID", { file, line, reason });
}
