import type { Rejection } from "./intake-totals.ts";

/** What to do where no line is an exchange, by the reasons of the first rejections. */
export function whyNothing(rejections: readonly Rejection[]): string {
  const reasons = new Set(rejections.map(({ reason }) => reason));
  if (reasons.size === 1 && reasons.has("no account")) {
    return "The lines are read, but none names an account, and evidence is about accounts. docs/dialects.md says where each format has it; where yours has it elsewhere, name the field in a --map.";
  }
  if (reasons.size === 1 && reasons.has("time is more than 400 days ago")) {
    return "The lines are read, but all are older than the 400 days that are kept.";
  }
  return "Formats that are read: docs/dialects.md; for one of your own, `stillwatch map FILES` proposes a --map.";
}
