/** Where each day of the window goes: entry d is the day it becomes; −1 where the day is left out. */
export type DayShift = Int32Array;

/** The window's calendar, and the part of it an account could be active in. */
export interface DayShiftOptions {
  /** Day of the week of the window's first day, 0 = Sunday (UTC). */
  readonly firstWeekday: number;
  /** The whole days the account could be active in, [from, to); the whole window by default. Never derived from its activity. */
  readonly from?: number;
  readonly to?: number;
}

/**
 * The shifts under which an independent account's series is as likely as it is: cyclic shifts by whole weeks over the
 * last whole weeks of its span (older days are left out), or, where there are fewer than three weeks, cyclic shifts of working days among
 * working days together with weekend days among weekend days. They form a group and hold the identity first, which is
 * what makes the test exact. A single shift (the identity) means: nothing can be said of this account. O(days²).
 */
export function dayShifts(days: number, options: DayShiftOptions): readonly DayShift[] {
  const from = Math.max(0, options.from ?? 0);
  const to = Math.min(days, options.to ?? days);
  const weeks = Math.floor((to - from) / 7);
  return weeks >= 3
    ? weekShifts(days, to - weeks * 7, weeks)
    : weekdayShifts(days, from, to, options);
}

function weekShifts(days: number, start: number, weeks: number): DayShift[] {
  const span = weeks * 7;
  return Array.from({ length: weeks }, (_, week) =>
    Int32Array.from({ length: days }, (_unused, day) =>
      day < start || day >= start + span ? -1 : start + ((day - start + week * 7) % span),
    ),
  );
}

function weekdayShifts(
  days: number,
  from: number,
  to: number,
  { firstWeekday }: DayShiftOptions,
): DayShift[] {
  const isWeekend = (day: number): boolean => [0, 6].includes((firstWeekday + day) % 7);
  const span = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  const classes = [span.filter((day) => !isWeekend(day)), span.filter(isWeekend)];
  const [working, weekend] = classes.map((list) => Math.max(1, list.length));
  const shifts: DayShift[] = [];
  for (let w = 0; w < (working ?? 1); w++) {
    for (let e = 0; e < (weekend ?? 1); e++) shifts.push(classShift(days, classes, [w, e]));
  }
  return shifts;
}

function classShift(
  days: number,
  classes: readonly number[][],
  steps: readonly number[],
): DayShift {
  const shift = new Int32Array(days).fill(-1);
  for (const [c, list] of classes.entries()) {
    for (const [i, day] of list.entries()) {
      shift[day] = list[(i + (steps[c] ?? 0)) % list.length] ?? -1;
    }
  }
  return shift;
}
