import { expect, it } from "vitest";
import { historyOf } from "../../../src/judge/attribution/history-of.ts";
import { sent, trafficOf } from "./traffic.ts";

const DAY = 86_400;

it("tells who came, was suspended and left by day, between the flag, merges and a split, in order", () => {
  const rows = [
    sent(1, 1, 9, { first: DAY, last: 3 * DAY }),
    sent(2, 1, 9, { first: DAY + 60, last: 3 * DAY }),
    sent(3, 1, 9, { first: 3 * DAY + 60, last: 4 * DAY }),
    sent(4, 1, 9, { first: 3 * DAY + 90, last: 9 * DAY }),
  ];
  const lines = historyOf({
    members: trafficOf(rows, 0).members,
    suspended: new Map([
      ["1", 3 * DAY + 10],
      ["2", 3 * DAY + 5],
      ["3", 0],
    ]),
    until: 9 * DAY,
    flaggedAt: 2 * DAY,
    merged: [{ id: "g7", at: 5 * DAY, accounts: 3 }],
    splitFrom: { id: "g1", at: DAY / 2 },
  });
  expect(lines.map(({ time, event, accounts, group }) => [time, event, accounts, group])).toEqual([
    ["1970-01-01T12:00:00.000Z", "split", 4, "g1"],
    ["1970-01-02T00:00:00.000Z", "joined", 2, null],
    ["1970-01-03T00:00:00.000Z", "flagged", 2, null],
    ["1970-01-04T00:00:05.000Z", "suspended", 2, null],
    ["1970-01-04T00:01:00.000Z", "joined", 2, null],
    ["1970-01-05T00:00:00.000Z", "left", 1, null],
    ["1970-01-06T00:00:00.000Z", "merged", 3, "g7"],
  ]);
});
