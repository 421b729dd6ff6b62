import type { RefusalRow } from "./tables.ts";

/** Somebody turned away. */
export type Refusal = Pick<RefusalRow, "directive" | "why" | "action"> & {
  readonly account: string;
  readonly person: string;
  readonly model: string;
};

/** Refusals as they happen, counted so that no flood of them grows without bound. */
export interface RefusalCounts {
  /** Counts one, at a time in ms since 1970. */
  count(refusal: Refusal, time: number): void;
  /** What was counted since this was asked last. */
  take(): readonly RefusalRow[];
  /** Takes back what could not be written. */
  putBack(rows: readonly RefusalRow[]): void;
}

/** How many persons × models of an account are kept apart, a directive and day; names beyond are often made up. */
const MOST_OF_ACCOUNT = 200;
/** And how many in all. */
const MOST_ROWS = 200_000;
/** Longer names are no names. */
const MOST_NAME = 256;
const DAY_MS = 86_400_000;

/** Begins to count. Costs some 300 bytes a row that is kept apart, until the day ends. */
export function countRefusals(): RefusalCounts {
  let day = "";
  let apart = 0;
  let known = new Map<string, Set<string>>();
  let counted = new Map<string, RefusalRow>();
  /** The row that counts a refusal: its own, or where there are too many that of its account, or of all. */
  const placed = (refusal: Refusal): Refusal => {
    const place = `${refusal.directive} ${refusal.account}`;
    const name = `${refusal.why}\0${refusal.person}\0${refusal.model}`;
    const names = known.get(place);
    if (names?.has(name) === true) return refusal;
    const whole = apart >= MOST_ROWS;
    if (whole && names === undefined) return { ...refusal, account: "", person: "", model: "" };
    const long = [refusal.person, refusal.model].some((text) => text.length > MOST_NAME);
    if (whole || long || (names !== undefined && names.size >= MOST_OF_ACCOUNT))
      return { ...refusal, person: "", model: "" };
    if (names === undefined) known.set(place, new Set([name]));
    else names.add(name);
    apart++;
    return refusal;
  };
  const add = (row: RefusalRow): void => {
    const key = JSON.stringify([
      row.directive,
      row.day,
      row.account,
      row.person,
      row.model,
      row.why,
    ]);
    const before = counted.get(key);
    counted.set(
      key,
      before === undefined
        ? row
        : {
            ...row,
            first: before.first < row.first ? before.first : row.first,
            last: before.last > row.last ? before.last : row.last,
            count: before.count + row.count,
          },
    );
  };
  return {
    count(refusal, time) {
      const at = new Date(time).toISOString();
      const today = at.slice(0, 10);
      if (today !== day) [day, apart, known] = [today, 0, new Map()];
      add({ ...placed(refusal), day, first: at, last: at, count: 1 });
    },
    take() {
      const rows = [...counted.values()];
      counted = new Map();
      return rows;
    },
    putBack(rows) {
      for (const row of rows) add(row);
    },
  };
}

/** The UTC day of a time, ms since 1970, `YYYY-MM-DD`; with `days`, so many later. */
export function dayOf(time: number, days = 0): string {
  return new Date(time + days * DAY_MS).toISOString().slice(0, 10);
}
