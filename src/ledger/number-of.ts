import { StillwatchError } from "../core/errors.ts";

/** The number behind `c7`, or with another letter behind `d3`. Throws SW_CASE_UNKNOWN. */
export function numberOf(id: string, letter = "c"): number {
  const number = Number(new RegExp(`^${letter}?([1-9]\\d{0,8})$`).exec(id)?.[1] ?? 0);
  if (number === 0) throw new StillwatchError("SW_CASE_UNKNOWN", { id });
  return number;
}
