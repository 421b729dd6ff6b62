import { StillwatchError } from "../core/errors.ts";
import { CASE_STATES, type CaseRow, type CaseState } from "./tables.ts";

/** From which states each can be reached. */
const FROM: Readonly<Record<CaseState, readonly CaseState[]>> = {
  suspected: ["confirmed", "explained", "upheld", "overturned"],
  confirmed: ["suspected"],
  explained: ["suspected", "confirmed"],
  acted: ["confirmed"],
  upheld: ["acted"],
  overturned: ["acted"],
};

/** States in which nothing more is to be done; the case is kept for two years from then on. */
export const CLOSED_STATES: readonly CaseState[] = ["explained", "upheld", "overturned"];

/** Checks that a case can go to a state. Throws SW_CASE_STATE. */
export function assertReachable({ number, state, forgotten }: CaseRow, to: CaseState): void {
  if (forgotten === null && FROM[to].includes(state)) return;
  const now = forgotten === null ? state : "forgotten";
  const reachable = CASE_STATES.filter((one) => forgotten === null && FROM[one].includes(state));
  const can = reachable.length === 0 ? "nothing" : reachable.join(" or ");
  throw new StillwatchError("SW_CASE_STATE", { id: `c${number}`, state: now, to, can });
}
