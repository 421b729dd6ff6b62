import type { Readable } from "node:stream";
import { StillwatchError } from "../core/errors.ts";
import type { Progress } from "../core/progress.ts";
import { findFiles, STANDARD_INPUT } from "./find-files.ts";
import { readFileChunks, sizeOf } from "./open-source.ts";
import type { Input } from "./read-blocks.ts";

/** What to read: paths and globs; `-` is `stdin`. */
export interface InputNames {
  readonly files: readonly string[];
  readonly stdin?: NodeJS.ReadableStream;
}

/** Inputs behind paths and globs, in order, none opened. Throws as `findFiles`, and SW_USAGE for `-` without a `stdin`. */
export async function findInputs({ files, stdin }: InputNames): Promise<readonly Input[]> {
  return (await findFiles(files)).map((path) => {
    if (path !== STANDARD_INPUT) return { name: path, path, open: () => readFileChunks(path) };
    if (stdin === undefined) {
      throw new StillwatchError("SW_USAGE", { message: "There is no standard input to read." });
    }
    return { name: "standard input", open: () => stdin as Readable };
  });
}

/** Progress in raw bytes of what is read; the total is known where every input is a regular file. */
export async function byteProgress(
  progress: Progress,
  inputs: readonly Input[],
): Promise<(done: number) => void> {
  const total = await totalSize(inputs);
  const known = total === undefined ? {} : { total };
  return (done) => progress({ stage: "reading", done, unit: "bytes", ...known });
}

/** Raw bytes of all inputs; undefined where one of them is a stream. */
export async function totalSize(inputs: readonly Input[]): Promise<number | undefined> {
  let total: number | undefined = 0;
  for (const { path } of inputs) {
    const size = path === undefined ? undefined : await sizeOf(path);
    total = total === undefined || size === undefined ? undefined : total + size;
  }
  return total;
}
