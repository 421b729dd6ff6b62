import { describe, expect, it } from "vitest";
import { mergeByTime } from "../../src/range/merge-by-time.ts";
import { organizations } from "../../src/range/organizations.ts";
import { makeRandom } from "../../src/range/random.ts";
import { renderExchange } from "../../src/range/wire/render-exchange.ts";
import { DAY } from "../../src/range/world.ts";
import { account, collect, sharedOpenings } from "./run-lookalike.ts";

const FROM = Date.UTC(2026, 10, 9);
const span = { from: FROM, until: FROM + 7 * DAY };
const part = organizations(makeRandom("organizations"), { span, count: 40 });
const sent = [...mergeByTime(part.actors)].filter(({ time }) => time < span.until);
const lines = new Map(part.accounts.map((line) => [line.account, line]));

describe("organizations", () => {
  it("send from their own accounts, after sign-up, under their own name", () => {
    expect(sent.length).toBeGreaterThan(2000);
    for (const { time, draft } of sent) {
      const line = lines.get(draft.account)!;
      expect(Date.parse(line.created)).toBeLessThan(time);
      expect(draft.organization).toBe(line.organization);
    }
  });

  it("pay with one card each, and most are declared", () => {
    const owners = Map.groupBy(part.accounts, (line) => line.payment);
    expect(owners.size).toBe(40);
    for (const own of owners.values())
      expect(new Set(own.map((line) => line.organization)).size).toBe(1);
    const declared = [...owners.values()].filter((own) => own[0]!.organization !== undefined);
    expect(declared.length).toBeGreaterThan(25);
    expect([...owners.values()].filter((own) => own.length > 1).length).toBeGreaterThan(15);
  });

  it("have system prompts that no other organization has, but for a popular agent's and the simplest", () => {
    const owner = ({ draft }: (typeof sent)[number]): string | undefined =>
      lines.get(draft.account)!.payment;
    const prompts = collect(sent, ({ draft }) => draft.system, owner);
    const common = [...prompts].filter(
      ([prompt, cards]) => prompt !== undefined && new Set(cards).size > 1,
    );
    expect(prompts.size).toBeGreaterThan(20);
    expect(common.length).toBeLessThanOrEqual(2);
  });

  it("make requests from about a kB to hundreds of kB", () => {
    const sizes = sent.map(({ draft, time }) => renderExchange(draft, "ex", time).length);
    expect(Math.min(...sizes)).toBeLessThan(1500);
    expect(Math.max(...sizes)).toBeGreaterThan(100_000);
  });

  it("differ in volume by orders of magnitude, and hardly repeat each other", () => {
    const volumes = [...collect(sent, account, () => 1).values()].map((all) => all.length);
    expect(Math.max(...volumes) / Math.min(...volumes)).toBeGreaterThan(50);
    const { shared, all } = sharedOpenings(sent.filter(({ draft }) => draft.messages.length === 1));
    expect(shared / all).toBeLessThan(0.02);
  });
});
