import type { Decision } from "../../../src/response/decision-table.ts";

/** Nothing is decided. */
export const NONE: Decision = {
  action: "allow",
  reason: "none",
  expires: null,
  case: null,
  directive: null,
  decision: null,
};

/** A step of a case. */
export const LIMIT: Decision = {
  ...NONE,
  action: "limit",
  reason: "coordinated_harvest",
  expires: "2026-05-10T00:00:00.000Z",
  case: "c12",
  decision: "d7",
};

/** The strictest step of a case. */
export const DENY: Decision = { ...LIMIT, action: "deny" };

/** What a directive denies. */
export const DIRECTED: Decision = {
  ...NONE,
  action: "deny",
  reason: "access_restricted",
  directive: "r3",
};
