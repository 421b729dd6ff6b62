import { describe, expect, it } from "vitest";
import { CAMPAIGNS } from "../../src/range/campaigns/catalog.ts";
import type { Dials } from "../../src/range/dials.ts";
import { makeRandom } from "../../src/range/random.ts";
import { DAY, HOUR, MINUTE } from "../../src/range/world.ts";
import { runWorld } from "../../src/range/write-world.ts";
import { byAccount, runPart, spread, SPAN, type Run, type Sent } from "./operation-run.ts";

/** Runs a campaign of the catalog with about `accounts` accounts. */
function runCampaign(id: string, accounts = 40, dials: Partial<Dials> = {}): Run {
  const maker = CAMPAIGNS.find((one) => one.id === id);
  if (maker === undefined) throw new RangeError(id);
  const scale = accounts / maker.reported.accounts;
  return runPart(maker.make(makeRandom(`campaign ${id}`), { span: SPAN, id, scale, dials }));
}

const lastText = ({ draft }: Sent): string => draft.messages.at(-1)?.text ?? "";

/** Signatures and tool-call ids by the account they were issued to, and of each later presentation whether it was another's. */
function crossings({ own }: Run): { readonly others: number; readonly presented: number } {
  const issued = new Map<string, string>();
  let [others, presented] = [0, 0];
  for (const { draft } of own) {
    const marks = draft.messages.flatMap(
      ({ reasoning, callId }) => reasoning?.signature ?? callId ?? [],
    );
    for (const mark of marks) {
      const owner = issued.get(mark);
      if (owner === undefined) continue;
      presented++;
      if (owner !== draft.account) others++;
    }
    for (const mark of [
      draft.answer.reasoning?.signature,
      ...(draft.answer.calls ?? []).map(({ id }) => id),
    ])
      if (mark !== undefined) issued.set(mark, draft.account);
  }
  return { others, presented };
}

describe.each(CAMPAIGNS.map(({ id }) => id))("%s", (id) => {
  const maker = CAMPAIGNS.find((one) => one.id === id)!;
  const dials = { perDay: 6 };

  it("has eight accounts at least at 1:1000, and the same bytes for the same seed", () => {
    const lines = (): string[] => {
      const span = { from: SPAN.from, until: SPAN.from + 3 * DAY };
      const part = maker.make(makeRandom("same"), { span, id, scale: 1 / 1000, dials });
      const campaigns = part.campaigns ?? [];
      expect(new Set(campaigns.flatMap(({ accounts }) => accounts)).size).toBeGreaterThanOrEqual(8);
      return [...runWorld({ seed: "s", span, parts: [part], expected: 1 }).lines];
    };
    const first = lines();
    expect(first.length).toBeGreaterThan(8);
    expect(lines()).toEqual(first);
  });

  it("sends through accounts that exist, in its own name, about as much as its dials say", () => {
    const run = runCampaign(id, 40, dials);
    const planted = new Map(
      (run.part.campaigns ?? []).map((one) => [one.id, new Set(one.accounts)]),
    );
    for (const { time, draft } of run.own) {
      expect(planted.get(draft.campaign ?? "")?.has(draft.account)).toBe(true);
      expect(Date.parse(run.lines.get(draft.account)?.created ?? "")).toBeLessThan(time);
    }
    const active = id === "fixed-line" ? 0.5 : 1;
    const days = Math.min(maker.reported.days, 13.5);
    const expected = 40 * 6 * days * active;
    expect(run.own.length / expected).toBeGreaterThan(0.6);
    expect(run.own.length / expected).toBeLessThan(1.25);
  });
});

describe("the operations do what was reported", () => {
  it("reasoning and grading: common shifts, an even load, few cards", () => {
    const run = runCampaign("reasoning-and-grading");
    const hours = run.own.map(({ time }) => ((time + 8 * HOUR) % DAY) / HOUR);
    expect(hours.every((hour) => hour >= 9 && hour < 22.1 && !(hour > 14.1 && hour < 15))).toBe(
      true,
    );
    expect(spread([...byAccount(run.own).values()].map(({ length }) => length)).cv).toBeLessThan(
      0.05,
    );
    expect(new Set(run.part.accounts.map(({ payment }) => payment)).size).toBeLessThan(10);
    const grading = run.own.filter((one) => lastText(one).includes("Candidate A:"));
    expect(grading.length / run.own.length).toBeCloseTo(0.4, 1);
  });

  it("agentic coding: over three doors, conversations that go on through another account", () => {
    const run = runCampaign("agentic-harvest", 24, { perDay: 20 });
    expect(new Set(run.own.map(({ draft }) => draft.platform)).size).toBe(3);
    const { others, presented } = crossings(run);
    expect(others / presented).toBeGreaterThan(0.3);
  });

  it("tool use: nearly half moves to the released model within a day, customers later", () => {
    const run = runCampaign("tool-harvest", 60);
    const { at, model } = run.part.release!;
    const share = (sent: readonly Sent[]): number =>
      sent.filter(({ draft }) => draft.model === model).length / sent.length;
    expect(share(run.own.filter(({ time }) => time < at))).toBe(0);
    const after = share(run.own.filter(({ time }) => time > at + DAY));
    expect(after).toBeGreaterThan(0.35);
    expect(after).toBeLessThan(0.6);
  });

  it("fixed line: one line everywhere, and the standby begins within the hour of the ban", () => {
    const run = runCampaign("fixed-line", 40, { perDay: 40 });
    expect(new Set(run.own.map((one) => lastText(one).split("\n\n").at(-1))).size).toBe(1);
    const banned = new Set(
      run.part.accounts
        .filter(({ status }) => status === "suspended")
        .map(({ account }) => account),
    );
    expect(banned.size).toBe(20);
    const last = run.own.findLast(({ draft }) => banned.has(draft.account))!;
    const next = run.own.find(({ draft }) => !banned.has(draft.account))!;
    expect(next.time).toBeGreaterThan(last.time);
    expect(next.time - last.time).toBeLessThan(90 * MINUTE);
  });

  it("low and slow: about four requests an account in two days, each of its blocks another's", () => {
    const run = runCampaign("low-and-slow", 200);
    const each = [...byAccount(run.own).values()].map(({ length }) => length);
    expect(spread(each).mean).toBeGreaterThan(3);
    expect(spread(each).mean).toBeLessThan(5);
    expect((run.own.at(-1)!.time - run.own[0]!.time) / DAY).toBeLessThan(2);
    const { others, presented } = crossings(run);
    expect(others).toBe(presented);
    expect(presented / run.own.length).toBeGreaterThan(0.5);
  });

  it("signature replay: blocks move between accounts", () => {
    const { others, presented } = crossings(runCampaign("signature-replay", 20, { perDay: 30 }));
    expect(presented).toBeGreaterThan(1000);
    expect(others).toBe(presented);
  });

  it("live relay: conversations as people hold them, no two accounts with one prompt", () => {
    const run = runCampaign("live-relay", 60);
    expect(run.part.campaigns?.[0]?.relay).toBe(true);
    const first = run.own.filter(({ draft }) => draft.messages.length === 1);
    expect(first.length / run.own.length).toBeLessThan(0.7);
    expect(new Set(first.map(lastText)).size / first.length).toBeGreaterThan(0.93);
    expect(run.own.every(({ draft }) => draft.system === undefined)).toBe(true);
    const branded = runCampaign("live-relay", 20, { paraphrases: 1 });
    expect(new Set(branded.own.map(({ draft }) => draft.system)).size).toBe(1);
  });

  it("store, then replay: histories whose answers were never issued here", () => {
    const run = runCampaign("store-then-replay");
    const issued = new Set(run.own.map(({ draft }) => draft.answer.text));
    const histories = run.own.filter(({ draft }) => draft.messages.length > 1);
    expect(histories.length / run.own.length).toBeGreaterThan(0.25);
    const past = histories.flatMap(({ draft }) =>
      draft.messages.filter(({ role }) => role === "assistant"),
    );
    expect(past.some(({ text }) => issued.has(text))).toBe(false);
  });

  it("stolen keys: the customers' own traffic goes on under the same keys", () => {
    const run = runCampaign("stolen-keys");
    const [planted] = run.part.campaigns ?? [];
    expect(Object.values(planted?.roles ?? {}).every((role) => role === "compromised")).toBe(true);
    const theirs = byAccount(run.sent.filter(({ draft }) => draft.campaign === undefined));
    expect(theirs.size).toBeGreaterThan(30);
    for (const [account, sent] of byAccount(run.own)) {
      const keys = new Set(
        [...sent, ...(theirs.get(account) ?? [])].map(({ draft }) => draft.credential),
      );
      expect(keys.size).toBe(1);
    }
  });

  it("shared pool: accounts serve several operators and honest users, exchanges one of them", () => {
    const run = runCampaign("shared-pool", 40);
    const operators = new Map<string, Set<string | undefined>>();
    for (const { draft } of run.sent)
      operators.set(draft.account, (operators.get(draft.account) ?? new Set()).add(draft.campaign));
    const mixed = [...operators.values()].filter((names) => names.size > 2);
    expect(run.part.campaigns?.length).toBe(3);
    expect(mixed.length).toBeGreaterThan(15);
    const honest = 1 - run.own.length / run.sent.length;
    expect(honest).toBeGreaterThan(0.15);
    expect(honest).toBeLessThan(0.5);
  });

  it("RL tasks: no task is asked twice but where a request failed", () => {
    const run = runCampaign("rl-tasks", 20, { perDay: 20 });
    const tasks = run.own.map((one) => lastText(one).split("\n\n").slice(1).join("\n\n"));
    expect(new Set(tasks).size / tasks.length).toBeGreaterThan(0.95);
  });

  it("translation: one request in five languages, forty wordings at most in each", () => {
    const run = runCampaign("translation", 40, { paraphrases: 4 });
    const counts = new Map<string, number>();
    for (const one of run.own)
      for (const part of lastText(one).split("\n\n")) counts.set(part, (counts.get(part) ?? 0) + 1);
    const frames = [...counts].filter(([, count]) => count > 20).map(([text]) => text);
    expect(frames.length).toBeGreaterThan(10);
    expect(frames.length).toBeLessThanOrEqual(20);
    expect(frames.some((text) => /\p{Script=Han}/u.test(text))).toBe(true);
    expect(frames.some((text) => /\p{Script=Hiragana}/u.test(text))).toBe(true);
  });

  it("probe: few accounts and mostly refusals first, then all of them with the winner", () => {
    const run = runCampaign("probe-then-scale");
    const scaled = run.own.findIndex(({ draft }) => /^<\w+>\n/.test(draft.answer.text));
    const [early, late] = [run.own.slice(0, scaled), run.own.slice(scaled)];
    expect(byAccount(early).size).toBeLessThan(8);
    expect(byAccount(late).size).toBeGreaterThan(36);
    const refused = early.filter(({ draft }) => /^(I |Sorry|My )/.test(draft.answer.text));
    expect(refused.length / early.length).toBeGreaterThan(0.5);
  });
});
