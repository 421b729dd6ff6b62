import { describe, expect, it } from "vitest";
import { RELEASED } from "../../src/range/lookalikes/benchmark-harness.ts";
import { WINDOW } from "../../src/range/lookalikes/flat-plans.ts";
import { renderExchange } from "../../src/range/wire/render-exchange.ts";
import { DAY, HOUR } from "../../src/range/world.ts";
import {
  account,
  block,
  collect,
  echoes,
  opening,
  runLookalike,
  sharedOpenings,
  type SmallWorld,
} from "./run-lookalike.ts";

const cards = ({ lines, sent }: SmallWorld): Set<string | undefined> =>
  new Set(sent.map(({ draft }) => lines.get(draft.account)!.payment));
const organizations = ({ lines, sent }: SmallWorld): Set<string | undefined> =>
  new Set(sent.map(({ draft }) => lines.get(draft.account)!.organization));
const systems = ({ sent }: SmallWorld): Set<string | undefined> =>
  new Set(sent.map(({ draft }) => draft.system));

/** Distinct harness questions an account sent, in the order of their first time. */
function questions(world: SmallWorld): string[][] {
  const asked = world.sent.filter((one) =>
    opening(one).includes('on its own line after "Answer:"'),
  );
  return [...collect(asked, account, opening).values()].map((texts) => [...new Set(texts)]);
}

describe("companies", () => {
  it.each([
    ["company batch through one template", true],
    ["undeclared company of one owner", false],
  ] as const)("%s: one template, one card, accounts that take turns", (family, declared) => {
    const world = runLookalike(family);
    expect(systems(world).size).toBe(1);
    expect(cards(world).size).toBe(1);
    expect([...organizations(world)]).toEqual([declared ? expect.any(String) : undefined]);
    const volumes = [...collect(world.sent, account, () => 1).values()].map((all) => all.length);
    expect(Math.max(...volumes) - Math.min(...volumes)).toBeLessThanOrEqual(2);
    const { shared, all } = sharedOpenings(world.sent);
    expect(shared / all).toBeLessThan(0.05);
  });

  it("synthetic-data customers deal each entry of a list twice, round the clock, under an agreement each", () => {
    const world = runLookalike("synthetic-data customer with an agreement");
    expect(organizations(world)).toEqual(new Set([expect.any(String), undefined]));
    expect(cards(world).size).toBe(2);
    const uses = [...collect(world.sent, opening, account).values()];
    expect(Math.max(...uses.map((accounts) => accounts.length))).toBe(2);
    expect(uses.filter((accounts) => new Set(accounts).size === 2).length).toBeGreaterThan(
      uses.length / 2,
    );
    const night = world.sent.filter(({ time }) => time % DAY < 6 * HOUR).length;
    expect(night / world.sent.length).toBeGreaterThan(0.2);
    for (const { models } of world.part.agreements!)
      expect(new Set(world.sent.map(({ draft }) => draft.model))).toEqual(new Set(models));
  });

  it("evaluation teams share a judge's prompt over companies, and second seats and fixed sets inside one", () => {
    const world = runLookalike("evaluation team that grades");
    expect(systems(world).size).toBe(1);
    expect(cards(world).size).toBe(world.part.lookalikes!.length);
    const owner = (name: string): string | undefined => world.lines.get(name)!.payment;
    const judged = [...collect(world.sent, opening, account).values()];
    for (const seats of judged) expect(new Set(seats.map(owner)).size).toBe(1);
    const second = judged.filter((seats) => seats.length === 2 && new Set(seats).size === 2);
    expect(second.length).toBeGreaterThan(judged.length / 10);
    const again = judged.filter((seats) => seats.length > 2);
    expect(again.length).toBeGreaterThan(5);
    expect(judged.filter((seats) => seats.length === 1).length).toBeGreaterThan(judged.length / 2);
  });

  it("translators of an agency revise drafts that were made in another seat", () => {
    const world = runLookalike("translation agency");
    expect(cards(world).size).toBe(1);
    expect([...organizations(world)]).toEqual([undefined]);
    const issued = new Map(world.sent.map(({ draft }) => [draft.answer.text, draft.account]));
    const revisions = world.sent.filter(({ draft }) => {
      const text = draft.messages[0]!.text.split("Draft to revise:\n")[1];
      return text !== undefined && issued.get(text) !== draft.account;
    });
    expect(revisions.length).toBeGreaterThan(world.sent.length / 20);
    const pairs = collect(
      world.sent,
      account,
      (one) => /from (\w+) into (\w+)/.exec(opening(one))![0],
    );
    for (const own of pairs.values()) expect(new Set(own).size).toBe(1);
  });

  it("an aggregator's users hop between the accounts of its one organization; part of them are named", () => {
    const world = runLookalike("aggregator");
    expect([...organizations(world)]).toEqual([expect.any(String)]);
    expect(echoes(world.sent).foreign).toBeGreaterThan(world.sent.length / 5);
    const named = world.sent.filter(({ draft }) => draft.endUser !== undefined).length;
    expect(named / world.sent.length).toBeGreaterThan(0.2);
    expect(named).toBeLessThan(world.sent.length);
  });

  it("a reseller's end users keep to their account under one declared parent", () => {
    const world = runLookalike("reseller with end users");
    expect(new Set(world.sent.map((one) => world.lines.get(account(one))!.parent)).size).toBe(1);
    const homes = collect(
      world.sent.filter(({ draft }) => draft.endUser !== undefined),
      ({ draft }) => draft.endUser,
      account,
    );
    for (const accounts of homes.values()) expect(new Set(accounts).size).toBe(1);
    expect(echoes(world.sent).foreign).toBe(0);
  });

  it("developers who share a pool carry conversations over accounts that one card pays", () => {
    const world = runLookalike("developers sharing one account pool");
    expect([...organizations(world)]).toEqual([undefined]);
    expect(cards(world).size).toBe(1);
    const created = [...world.lines.values()].map((line) => Date.parse(line.created));
    expect(Math.max(...created) - Math.min(...created)).toBeLessThan(5 * DAY);
    expect(echoes(world.sent).foreign).toBeGreaterThan(world.sent.length / 5);
  });
});

describe("strangers with something in common", () => {
  it("users of one agent share its scaffolding and no request; conversations grow to a hundred kB and more", () => {
    const world = runLookalike("open-source agent with one scaffolding", { scale: 1, days: 12 });
    expect(systems(world).size).toBe(1);
    expect(sharedOpenings(world.sent).shared).toBe(0);
    expect(echoes(world.sent)).toEqual({ foreign: 0, unknown: 0 });
    const sizes = world.sent
      .map(({ draft, time }) => renderExchange(draft, "ex", time).length)
      .toSorted((a, b) => a - b);
    expect(sizes[0]).toBeLessThan(12_000);
    expect(sizes.at(-1)).toBeGreaterThan(100_000);
    expect(sizes.at(-1)).toBeLessThan(1_000_000);
  });

  it("users of an app send what it writes round their own words", () => {
    const world = runLookalike("app that writes its users' prompts");
    const wrapped = world.sent.filter((one) => opening(one).startsWith("Rework the draft"));
    expect(wrapped.length).toBe(world.sent.length);
    expect(sharedOpenings(world.sent).shared).toBe(0);
  });

  it("on a release day every evaluator presents the same items, to the new model, within days", () => {
    const world = runLookalike("benchmark harness on release day", { days: 12 });
    const lists = questions(world);
    expect(lists.length).toBeGreaterThanOrEqual(5);
    const [first] = lists;
    for (const list of lists) expect(list).toEqual(first);
    const asked = world.sent.filter((one) => first!.includes(opening(one)));
    expect(asked.every(({ draft }) => draft.model === RELEASED)).toBe(true);
    const starts = [...collect(asked, account, ({ time }) => time).values()].map(
      (times) => times[0]!,
    );
    expect(Math.max(...starts) - Math.min(...starts)).toBeLessThan(3 * DAY);
    expect(cards(world).size).toBeGreaterThan(1);
  });

  it("evaluators who stop half-way have each asked a beginning of the list, each another one", () => {
    const lists = questions(runLookalike("benchmark harness stopped half-way", { days: 12 }));
    const longest = lists.toSorted((a, b) => b.length - a.length)[0]!;
    for (const list of lists) expect(list).toEqual(longest.slice(0, list.length));
    expect(new Set(lists.map((list) => list.length)).size).toBeGreaterThan(lists.length / 2);
  });

  it("students of a class paste the same exercises before they are due", () => {
    const world = runLookalike("university class with one sheet", { scale: 1 });
    const holders = [...collect(world.sent, opening, account).values()].map(
      (all) => new Set(all).size,
    );
    expect(holders.filter((count) => count > 5).length).toBeGreaterThanOrEqual(8);
    for (const line of world.lines.values()) expect(line.program).toBe("education");
    const issued = new Map(world.sent.map(({ draft }) => [draft.answer.text, draft.account]));
    const passedOn = world.sent.filter((one) => {
      const owner = issued.get(opening(one).split("\n\n").slice(1).join("\n\n"));
      return owner !== undefined && owner !== account(one);
    });
    expect(passedOn.length).toBeGreaterThan(3);
  });

  it("a viral prompt is sent by most once or twice, and many go on with the conversation it came from", () => {
    const world = runLookalike("viral prompt");
    const viral = world.sent.filter(
      (one) => one.draft.messages.length === 1 && opening(one).startsWith("Look at everything"),
    );
    const times = [...collect(viral, account, () => 1).values()].map((all) => all.length);
    expect(times.length).toBeGreaterThan(world.lines.size * 0.8);
    expect(Math.max(...times)).toBeLessThanOrEqual(3);
    const first = world.part.lookalikes![0]!.accounts[0]!;
    const issued = new Set(
      world.sent.filter((one) => account(one) === first).map(({ draft }) => draft.answer.text),
    );
    const followers = world.sent.filter(
      (one) =>
        account(one) !== first &&
        one.draft.messages.some((m) => m.role === "assistant" && issued.has(m.text)),
    );
    expect(new Set(followers.map(account)).size).toBeGreaterThan(world.lines.size * 0.1);
  });

  it.each(["office behind one address", "carrier network behind one address block"])(
    "%s: many accounts come from one /24, each about something of its own",
    (family) => {
      const world = runLookalike(family, { scale: 1 });
      const [busiest] = [...collect(world.sent, block, account).values()]
        .map((accounts) => new Set(accounts).size)
        .toSorted((a, b) => b - a);
      expect(busiest).toBeGreaterThan(world.lines.size * 0.6);
      expect(cards(world).size).toBeGreaterThan(world.lines.size * 0.15);
      const { shared, all } = sharedOpenings(world.sent);
      expect(shared / all).toBeLessThan(0.02);
    },
  );

  it("a CI key comes from many networks, and its nightly questions are its customer's own", () => {
    const world = runLookalike("CI keys");
    const jobs = world.sent.filter(({ draft }) => draft.client.userAgent.startsWith("mergecheck"));
    const keys = collect(jobs, account, (one) => one);
    const spread = [...keys.values()].filter(
      (all) =>
        new Set(all.map(block)).size > 10 &&
        new Set(all.map(({ draft }) => draft.client.asn)).size > 4 &&
        [...collect(all, opening, () => 1).values()].some((times) => times.length >= 5),
    );
    for (const all of keys.values())
      expect(new Set(all.map(({ draft }) => draft.credential)).size).toBe(1);
    expect(spread.length).toBeGreaterThan(keys.size * 0.4);
    expect(keys.size).toBeGreaterThanOrEqual(5);
    expect(sharedOpenings(jobs).shared).toBe(0);
  });

  it("customers from another provider sign up together and bring conversations that were never issued here", () => {
    const world = runLookalike("migration from another provider at once");
    const created = [...world.lines.values()].map((line) => Date.parse(line.created));
    expect(Math.max(...created) - Math.min(...created)).toBeLessThan(2 * DAY);
    const ramp = [
      ...collect(
        world.sent,
        account,
        ({ time, draft }) => time - Date.parse(world.lines.get(draft.account)!.created),
      ).values(),
    ];
    expect(ramp.filter((times) => times.filter((t) => t < HOUR).length > 8).length).toBeGreaterThan(
      ramp.length / 2,
    );
    const { foreign, unknown } = echoes(world.sent);
    expect(foreign).toBe(0);
    expect(unknown).toBeGreaterThan(50);
  });

  it("power users of a flat plan reach one allowance and never pass it", () => {
    const world = runLookalike("power users on flat plans", { scale: 0.6 });
    for (const line of world.lines.values()) expect(line.plan).toBe("pro");
    const busiest = [...collect(world.sent, account, ({ time }) => time).values()].map((times) => {
      let most = 0;
      for (let i = 0, opened = 0; i < times.length; i++) {
        if (i === 0 || times[i]! >= times[opened]! + WINDOW) opened = i;
        most = Math.max(most, i - opened + 1);
      }
      return most;
    });
    expect(Math.max(...busiest)).toBe(30);
    expect(busiest.filter((most) => most === 30).length).toBeGreaterThan(busiest.length / 4);
  });
});

describe("one party with several accounts or keys", () => {
  it("half of those who rotate keep the account and change its key at one hour, half close it and go on with another", () => {
    const world = runLookalike("key rotation", { scale: 2 });
    const groups = world.part.lookalikes!;
    const pairs = groups.filter((group) => group.accounts.length === 2);
    expect(pairs.length).toBe(groups.length / 2);
    for (const { accounts } of pairs) {
      const [first, second] = accounts.map((name) => world.lines.get(name)!);
      expect([second!.payment, second!.device]).toEqual([first!.payment, first!.device]);
      const closed = world.part.accounts.find(
        (line) => line.account === first!.account && line.status === "suspended",
      )!;
      const late = world.sent.filter(
        (one) =>
          account(one) === first!.account && one.time > Date.parse(closed.suspended!) + 6 * HOUR,
      );
      expect(late).toEqual([]);
    }
    const single = new Set(
      groups.filter((g) => g.accounts.length === 1).flatMap((g) => g.accounts),
    );
    const keys = collect(world.sent, account, ({ draft }) => draft.credential);
    const several = [...keys].filter(([name, all]) => single.has(name) && new Set(all).size > 1);
    expect(several.length).toBeGreaterThan(single.size / 3);
    expect(echoes(world.sent).foreign).toBeGreaterThan(0);
  });

  it("one person on two products carries conversations from the app to the interface for programs", () => {
    const world = runLookalike("one person on two products", { scale: 1 });
    for (const { accounts } of world.part.lookalikes!) {
      const [first, second] = accounts.map((name) => world.lines.get(name)!);
      expect([second!.payment, second!.device]).toEqual([first!.payment, first!.device]);
    }
    const platforms = collect(world.sent, account, ({ draft }) => draft.platform);
    for (const { accounts } of world.part.lookalikes!)
      for (const [index, name] of accounts.entries())
        expect(new Set(platforms.get(name) ?? [])).not.toContain(index === 0 ? "api" : "app");
    expect(echoes(world.sent).foreign).toBeGreaterThan(5);
  });
});
