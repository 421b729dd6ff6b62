import { StillwatchError } from "../core/errors.ts";
import { printable } from "../report/printable.ts";
import { EXIT } from "./exit-codes.ts";

/** One plain line for standard error: what, where, what to do. With `debug`, the stack and its causes follow. */
export function failureLine(error: unknown, debug: boolean): string {
  const line = `stillwatch: ${printable(messageOf(error))}`;
  if (debug) return `${line}\n${stacksOf(error)}`;
  const hint = error instanceof StillwatchError ? "" : " Run again with --debug for the details.";
  return `${line}${hint}`;
}

/** The exit code an error ends the process with. */
export function failureCode(error: unknown): number {
  if (!(error instanceof StillwatchError)) return EXIT.failure;
  if (error.code === "SW_INTERRUPTED") return EXIT.interrupted;
  return error.code === "SW_USAGE" ? EXIT.usage : EXIT.failure;
}

function messageOf(error: unknown): string {
  if (error instanceof StillwatchError) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  return `something went wrong that was not foreseen: ${text.replace(/[.\s]*$/, "")}.`;
}

function stacksOf(error: unknown): string {
  const stacks: string[] = [];
  for (let one = error; one instanceof Error && stacks.length < 8; one = one.cause) {
    stacks.push(one.stack ?? one.message);
  }
  return stacks.join("\ncaused by: ");
}
