import type { Group, GroupDetail } from "../core/assessment.ts";
import { counted, minute, stretch } from "./wording.ts";

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** Whether a group sent anything in the last 24 hours of the traffic that was read, which ends at `to`. */
export function isRunning(group: Group, to: string | null): boolean {
  return to !== null && silentMs(group, to) < DAY_HOURS * HOUR_MS;
}

/** The same in a sentence, with how much the group sent in that day where its hours are known. */
export function runningWords(
  group: Group,
  detail: GroupDetail | undefined,
  to: string | null,
): string {
  if (to === null) return "";
  const last = `its last exchange is of ${minute(group.last_seen)} UTC`;
  if (!isRunning(group, to)) {
    return `Quiet for the last ${stretch(silentMs(group, to) / 1000)} of this traffic: ${last}.`;
  }
  if (detail === undefined) return `Running at the end of this traffic: ${last}.`;
  const day = firstHourOfLastDay(detail, to);
  const sent = detail.group.slice(day).reduce((sum, count) => sum + count, 0);
  return `Running at the end of this traffic: ${last}, with ${counted(sent, "exchange")} in the last 24 hours.`;
}

function silentMs(group: Group, to: string): number {
  return Date.parse(to) - Date.parse(group.last_seen);
}

function firstHourOfLastDay({ from }: GroupDetail, to: string): number {
  return Math.max(0, Math.ceil((Date.parse(to) - Date.parse(from)) / HOUR_MS) - DAY_HOURS);
}
