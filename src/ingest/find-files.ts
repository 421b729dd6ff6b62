import { glob, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { StillwatchError } from "../core/errors.ts";

/** The name under which standard input may be given among files. */
export const STANDARD_INPUT = "-";

const GLOB_CHARACTERS = /[*?[\]{}]/;

/**
 * Files behind paths and globs, each once, in the order given and by name within a glob. `-` stays as it is.
 * Throws SW_INPUT_MISSING where nothing is found and SW_INPUT_UNREADABLE for a folder.
 */
export async function findFiles(patterns: readonly string[]): Promise<readonly string[]> {
  const found = new Map<string, string>();
  for (const pattern of patterns) {
    for (const path of await expand(pattern)) {
      const key = path === STANDARD_INPUT ? path : resolve(path);
      if (!found.has(key)) found.set(key, path);
    }
  }
  return [...found.values()];
}

async function expand(pattern: string): Promise<readonly string[]> {
  if (pattern === STANDARD_INPUT) return [pattern];
  const literal = await kindOf(pattern);
  if (literal === "folder") {
    const reason = `it is a folder; give files or a glob such as ${pattern.replace(/\/$/, "")}/*.ndjson`;
    throw new StillwatchError("SW_INPUT_UNREADABLE", { path: pattern, reason });
  }
  if (literal === "file") return [pattern];
  const matches: string[] = [];
  if (GLOB_CHARACTERS.test(pattern)) {
    for await (const path of glob(pattern)) {
      if ((await kindOf(path)) === "file") matches.push(path);
    }
  }
  if (matches.length === 0) throw new StillwatchError("SW_INPUT_MISSING", { path: pattern });
  return matches.sort();
}

async function kindOf(path: string): Promise<"file" | "folder" | "none"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    if (code === "ENOENT" || code === "ENOTDIR") return "none";
    throw new StillwatchError("SW_INPUT_UNREADABLE", { path, reason: code }, error);
  }
}
