import { readFileSync } from "node:fs";
import { StillwatchError } from "../core/errors.ts";

/** The token in a file, without the space around it. Throws SW_INPUT_UNREADABLE. */
export function readToken(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw new StillwatchError("SW_INPUT_UNREADABLE", { path, reason }, cause);
  }
}
