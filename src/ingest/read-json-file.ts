import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { type ErrorCode, StillwatchError } from "../core/errors.ts";
import { fieldProblem } from "./field-problem.ts";

/** A small JSON file of a known shape; throws SW_INPUT_UNREADABLE, or `code` with the file and its first problem. */
export async function readJsonFile<T>(
  file: string,
  shape: z.ZodType<T>,
  code: ErrorCode,
): Promise<T> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new StillwatchError(code, { file, reason: "not valid JSON" });
    }
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new StillwatchError("SW_INPUT_UNREADABLE", { path: file, reason }, error);
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new StillwatchError(code, { file, reason: fieldProblem(parsed.error) });
}
