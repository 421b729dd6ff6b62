import { expect, it } from "vitest";
import { Conversations, GOES_ON } from "../../src/judge/conversations.ts";
import { newLineage, newMember, sampledFrom } from "../../src/judge/lineage.ts";
import { TrafficRow } from "../../src/judge/traffic-row.ts";

const own = { priority: 0, text: "", skeleton: false, folds: 0 };

function row(change: Partial<TrafficRow>): TrafficRow {
  return Object.assign(new TrafficRow(), { chainHigh: 1, parentHigh: 1, ...change });
}

it("tells exchanges what becomes of their conversations, each once, until many were displaced", () => {
  const conversations = new Conversations();
  const begin = row({ chainLow: 1 });
  const conversation = conversations.follow(begin);
  const displaced = sampledFrom(begin, { ...own, conversation });
  const kept = sampledFrom(begin, { ...own, conversation });
  const lineages = [newLineage(0), newLineage(1)];
  for (const { accounts } of lineages) {
    accounts.set(0, { ...newMember(0, 0, 0, 0), sample: [kept] });
  }
  conversations.watch(displaced);
  conversations.watch(kept);
  conversations.forgetDisplaced(lineages);
  const next = row({ chainLow: 2, parentLow: 1, turn: 1, answerBytes: 5 });
  expect(conversations.follow(next)).toBe(GOES_ON);
  for (let i = 0; i < 5000; i++) conversations.watch(displaced);
  conversations.forgetDisplaced(lineages);
  expect(conversations.watched).toBe(1);
  conversations.follow(row({ chainLow: 3, parentLow: 2, turn: 2, answerBytes: 7 }));
  expect(kept).toMatchObject({ steps: 2, answerBytes: 12 });
  expect(displaced).toMatchObject({ steps: 1, answerBytes: 5 });
});
