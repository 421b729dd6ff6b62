import { StillwatchError } from "../core/errors.ts";

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * Reads `90s`, `15m`, `1h`, `7d`, `2w` or plain `0` as seconds. `option` is named in the error.
 * Throws SW_USAGE for anything else, or outside `least` to `most` seconds.
 */
export function parseDuration(
  text: string,
  option: string,
  limits: { readonly least: number; readonly most: number },
): number {
  const parts = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(text.trim());
  const seconds =
    text.trim() === "0" ? 0 : Number(parts?.[1] ?? Number.NaN) * (SECONDS[parts?.[2] ?? ""] ?? 0);
  if (!Number.isFinite(seconds)) {
    throw usage(
      `${option} ${text}: not a duration. Write a number and a unit, such as 15m, 1h or 7d.`,
    );
  }
  if (seconds < limits.least || seconds > limits.most) {
    throw usage(
      `${option} ${text}: out of range. Give ${written(limits.least)} to ${written(limits.most)}.`,
    );
  }
  return seconds;
}

function written(seconds: number): string {
  if (seconds === 0) return "0";
  const unit = ["d", "h", "m"].find((name) => seconds % (SECONDS[name] ?? 1) === 0) ?? "s";
  return `${seconds / (SECONDS[unit] ?? 1)}${unit}`;
}

function usage(message: string): StillwatchError {
  return new StillwatchError("SW_USAGE", { message });
}
