import { describe, expect, it } from "vitest";
import type { Explanation } from "../../src/core/explanation.ts";
import { BACKTEST, EXAMINATION } from "../cli/sample-results.ts";
import { openPlaces, sparePlaces, validatorOf } from "./schema-laws.ts";
import { sampleOutcome } from "./sample-outcome.ts";

const { result } = sampleOutcome({ campaigns: 1, others: 0, accounts: 10, hours: 48 });
const [group] = result.groups;

const EXPLANATION: Explanation = {
  version: 1,
  name: group!.accounts[0]!,
  scanned_at: null,
  q: 0.01,
  tick_seconds: 3600,
  settings: { "echo.cap_bits": 50 },
  groups: [group!],
  memberships: [{ ...group!.members[0]!, group: group!.id }],
  alone: {
    exchanges: 3,
    first_seen: "2026-04-22T00:00:00.000Z",
    last_seen: null,
    shared: [{ kind: "system", keys: 1, others: 20, usual: 0.3 }],
  },
};

/** Page, a whole answer, fields it may do without, objects that may hold any name. */
const PAGES = [
  ["explain-v1", EXPLANATION, ["settings", "settings.echo.cap_bits"], ["settings"]],
  ["backtest-v1", BACKTEST, [], []],
  [
    "doctor-v1",
    EXAMINATION,
    [
      "accounts",
      "findings",
      "expected",
      "sample.scale",
      "sample.total_bytes",
      "lines.aside.embeddings calls",
    ],
    ["lines.aside", "accounts.ignored"],
  ],
] as const;

describe.each(PAGES)("docs/schema/%s.json", (name, answer, spare, free) => {
  const validate = validatorOf(name, ["scan-v1"]);

  it("accepts a whole answer", () => {
    validate(JSON.parse(JSON.stringify(answer)));
    expect(validate.errors).toBeNull();
  });

  it("refuses an answer that lacks a field, at every depth", () => {
    expect(sparePlaces(validate, answer)).toEqual(spare);
  });

  it("refuses a field it does not know, at every depth", () => {
    expect(openPlaces(validate, answer)).toEqual(free);
  });
});
