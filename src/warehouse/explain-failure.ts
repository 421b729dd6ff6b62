import { ClickHouseError } from "@clickhouse/client";
import { StillwatchError } from "../core/errors.ts";

/** Codes raised while a statement is analysed: their first sentence names columns and types, never values. */
const ANALYSIS_CODES = new Set([
  "10",
  "15",
  "16",
  "42",
  "43",
  "46",
  "47",
  "60",
  "62",
  "81",
  "115",
  "207",
  "215",
  "386",
  "456",
]);

/**
 * The error of a failed statement: its name, the engine's code and, where that can hold no data, the engine's first words.
 * The engine's own error isn't kept as a cause: it quotes values.
 */
export function explainFailure(statement: string, error: unknown): StillwatchError {
  if (error instanceof StillwatchError) return error;
  if (!(error instanceof ClickHouseError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return new StillwatchError("SW_WAREHOUSE_FAILED", { statement, reason: reason.slice(0, 200) });
  }
  const words = ANALYSIS_CODES.has(error.code)
    ? `: ${firstWords(error.message)}`
    : hint(error.code);
  return new StillwatchError("SW_WAREHOUSE_FAILED", {
    statement,
    reason: `${error.type ?? "UNKNOWN"} (${error.code})${words}`,
  });
}

/** Codes of data on disk that are not what was written: wrong checksums, missing ends, what can't be unpacked. */
const DAMAGE_CODES = new Set(["32", "33", "40", "246", "271", "432", "740"]);

/** True if a statement met data on disk that are damaged, or may be. */
export function isDamage(error: unknown): boolean {
  return error instanceof ClickHouseError && DAMAGE_CODES.has(error.code);
}

/** True if the connection broke, so that the process behind it is gone or stuck. */
export function isBroken(error: unknown): boolean {
  if (error instanceof ClickHouseError || error instanceof StillwatchError) return false;
  const { code = "", message = "" } = error as { code?: string; message?: string };
  return (
    ["ECONNRESET", "ECONNREFUSED", "ENOENT", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes(
      code,
    ) || /socket hang up|aborted|Timeout error|Premature close/.test(message)
  );
}

/** True if the process behind a connection took longer than any query may. */
export function isStuck(error: unknown): boolean {
  return error instanceof Error && /Timeout error/.test(error.message);
}

function firstWords(message: string): string {
  const [words = ""] = message.split(/ in scope |: [Ww]hile |: In scope | \(version /, 1);
  return words.replace(/'[^']*(?:'|$)/g, "'…'").slice(0, 240);
}

function hint(code: string): string {
  if (code === "159") return ": it took longer than it may";
  if (code === "241") return ": it needed more memory than it may use";
  return "";
}
