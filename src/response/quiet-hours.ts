import type { Severity } from "./alert.ts";

/** When only what matters most is sent. */
export interface QuietHours {
  /** Wall-clock times `HH:MM`; `to` at or before `from` is on the next day. */
  readonly from: string;
  readonly to: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The least severity that is sent all the same. */
  readonly through: Severity;
}

/**
 * True where the wall clock of the time zone stands in the quiet hours. Clocks that are put forward or back need no
 * care: an hour that is skipped is not quiet for anybody, and one that comes twice is quiet twice.
 */
export function isQuiet({ from, to, timeZone }: QuietHours, now: Date): boolean {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(now);
  return from < to ? clock >= from && clock < to : clock >= from || clock < to;
}
