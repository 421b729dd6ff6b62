import type { Release } from "./assessment.ts";

/** Accounts that were suspended at one time. */
export interface Suspension {
  /** Seconds since 1970. */
  readonly time: number;
  readonly accounts: readonly string[];
}

/** What a provider knows of the time it judges, beyond the traffic. */
export interface Calendar {
  readonly releases: readonly Release[];
  readonly suspensions: readonly Suspension[];
  /** UTC days since 1970 of outages and holidays: everybody's hours were other than usual, for one reason. */
  readonly unusualDays: ReadonlySet<number>;
}
