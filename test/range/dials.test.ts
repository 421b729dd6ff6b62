import { describe, expect, it } from "vitest";
import type { Blueprint } from "../../src/range/campaigns/blueprint.ts";
import { HIDING, type Dials } from "../../src/range/dials.ts";
import { DAY, HOUR } from "../../src/range/world.ts";
import { reasonInline } from "../../src/range/work/lists.ts";
import { byAccount, runBlueprint, spread, SPAN, type Run } from "./operation-run.ts";

/** Work through a list with one line in every request, and nothing else about it. */
const PLAIN_OPERATION: Blueprint = {
  id: "plain",
  name: "plain",
  reported: { accounts: 40, exchanges: 40 * 14 * 10, days: 14 },
  dials: {},
  plan: () => ({ work: reasonInline }),
};

const run = (dials: Partial<Dials>): Run => runBlueprint(PLAIN_OPERATION, dials);
const open = run({});

/** The line that frames a request: its last paragraph. */
const frames = ({ own }: Run): string[] =>
  own.map(({ draft }) => draft.messages.at(-1)?.text.split("\n\n").at(-1) ?? "");

const volumes = ({ own }: Run): number[] =>
  [...byAccount(own).values()].map(({ length }) => length);

const gaps = ({ own }: Run): number[] =>
  own.slice(1).map(({ time }, i) => time - (own[i]?.time ?? 0));

describe("each dial changes the traffic", () => {
  it("paraphrases: one line, at most that many, or a new one each time", () => {
    expect(new Set(frames(open)).size).toBe(1);
    const five = new Set(frames(run({ paraphrases: 5 }))).size;
    expect(five).toBeGreaterThan(2);
    expect(five).toBeLessThanOrEqual(5);
    const any = frames(run({ paraphrases: 0 }));
    expect(new Set(any).size / any.length).toBeGreaterThan(0.8);
  });

  it.each([0.25, 0.6, 0.9])("cover: %d of each account's exchanges are ordinary", (cover) => {
    const { sent, own } = run({ cover, perDay: 6 });
    expect(1 - own.length / sent.length).toBeGreaterThan(cover - 0.12);
    expect(1 - own.length / sent.length).toBeLessThan(Math.min(0.97, cover + 0.1));
    expect(byAccount(sent).size).toBe(40);
    expect(open.sent.length).toBe(open.own.length);
  });

  it("agedDays: sign-ups burst within days or spread over a year", () => {
    const days = ({ part }: Run): number => {
      const created = part.accounts.map((line) => Date.parse(line.created));
      return (Math.max(...created) - Math.min(...created)) / DAY;
    };
    expect(days(open)).toBeLessThan(7);
    expect(days(run({ agedDays: 400 }))).toBeGreaterThan(300);
  });

  it("ownCards: cards, phones and devices are shared or each account's own", () => {
    const holders = ({ part }: Run, field: "payment" | "phone" | "device"): number => {
      const values = part.accounts.flatMap((line) => line[field] ?? []);
      return new Set(values).size / values.length;
    };
    const apart = run({ ownCards: true });
    for (const field of ["payment", "phone", "device"] as const) {
      expect(holders(open, field)).toBeLessThan(0.75);
      expect(holders(apart, field)).toBe(1);
    }
    expect(holders(open, "payment")).toBeLessThan(0.25);
  });

  it("ownHomes: accounts share a few networks or have each its own", () => {
    const prefixes = ({ own }: Run): number => {
      const holders = new Map<string, Set<string>>();
      for (const { draft } of own) {
        const prefix = draft.client.ip.replace(/\.\d+$/, "");
        holders.set(prefix, (holders.get(prefix) ?? new Set()).add(draft.account));
      }
      const shared = [...holders.values()].filter((accounts) => accounts.size > 1);
      return shared.length / holders.size;
    };
    expect(prefixes(open)).toBeGreaterThan(0.6);
    expect(prefixes(run({ ownHomes: true }))).toBeLessThan(0.1);
  });

  it("humanHours: nights and most weekends are quiet where the account lives", () => {
    const offset: Readonly<Record<string, number>> = { GB: 0, ES: 1, DE: 1, JP: 9, IN: 5.5 };
    const night = ({ own, lines }: Run): number => {
      const local = own.flatMap(({ time, draft }) => {
        const hours = offset[lines.get(draft.account)?.country ?? ""];
        return hours === undefined ? [] : [((time + hours * HOUR) % DAY) / HOUR];
      });
      return local.filter((hour) => hour >= 1 && hour < 6).length / local.length;
    };
    expect(night(open)).toBeGreaterThan(0.18);
    expect(night(run({ humanHours: true, perDay: 40 }))).toBeLessThan(0.14);
  });

  it("uneven: volumes are balanced or heavy-tailed", () => {
    expect(spread(volumes(open)).cv).toBeLessThan(0.05);
    expect(spread(volumes(run({ uneven: 0.9 }))).cv).toBeGreaterThan(0.5);
  });

  it("jitter: requests come like a clock or in sittings, and starts and stops lie apart", () => {
    const jittery = run({ jitter: 1 });
    expect(spread(gaps(open)).cv).toBeLessThan(0.1);
    expect(spread(gaps(jittery)).cv).toBeGreaterThan(0.8);
    const starts = (of: Run): number => {
      const first = [...byAccount(of.own).values()].map((sent) => (sent[0]?.time ?? 0) - SPAN.from);
      return (Math.max(...first) - Math.min(...first)) / DAY;
    };
    expect(starts(open)).toBeLessThan(0.5);
    expect(starts(jittery)).toBeGreaterThan(3);
  });

  it("view: a part of the accounts is seen, with that part of the exchanges", () => {
    const half = run({ view: 0.5 });
    expect(half.part.accounts.length).toBeGreaterThan(10);
    expect(half.part.accounts.length).toBeLessThan(30);
    expect(byAccount(half.sent).size).toBe(half.part.accounts.length);
    const share = half.own.length / open.own.length;
    expect(Math.abs(share - half.part.accounts.length / 40)).toBeLessThan(0.1);
  });

  it("laundered: one build and profile for all or one for each", () => {
    const profiles = ({ own }: Run): number =>
      new Set(own.map(({ draft }) => JSON.stringify([draft.client.userAgent, draft.settings])))
        .size;
    expect(profiles(open)).toBe(1);
    expect(profiles(run({ laundered: true }))).toBeGreaterThan(12);
  });

  it("topics: an account's requests resemble each other more than other accounts'", () => {
    const lift = (of: Run): number => {
      const words = [...byAccount(of.own).values()].map((sent) =>
        sent.slice(0, 12).map(({ draft }) => new Set(itemWords(draft.messages.at(-1)?.text ?? ""))),
      );
      const within = words.flatMap((own) => own.slice(1).map((set, i) => overlap(set, own[i])));
      const between = words
        .slice(1)
        .flatMap((own, i) => own.map((set, k) => overlap(set, words[i]?.[k])));
      return spread(within).mean - spread(between).mean;
    };
    expect(Math.abs(lift(open))).toBeLessThan(0.01);
    expect(lift(run({ topics: 1 }))).toBeGreaterThan(0.03);
  });

  it("wary: it leaves within a day of seeing accounts suspended", () => {
    const late = ({ own }: Run): number =>
      own.filter(({ time }) => time > SPAN.from + 11 * DAY).length / own.length;
    const wary = run({ wary: true });
    const suspended = wary.part.accounts.filter((line) => line.status === "suspended");
    expect(late(open)).toBeGreaterThan(0.15);
    expect(late(wary)).toBe(0);
    expect(suspended.length).toBeGreaterThan(1);
    expect(suspended.length).toBeLessThan(15);
  });

  it("downgrade: a share goes to older or cheaper models", () => {
    const lesser = ({ own }: Run): number =>
      own.filter(({ draft }) => draft.model !== "orion-4").length / own.length;
    expect(lesser(open)).toBe(0);
    expect(lesser(run({ downgrade: 0.4 }))).toBeCloseTo(0.4, 1);
  });

  it.each([2, 10, 60])("perDay: %d requests an account and day", (perDay) => {
    const rate = run({ perDay }).own.length / 40 / 13.5;
    expect(rate / perDay).toBeGreaterThan(0.9);
    expect(rate / perDay).toBeLessThan(1.1);
  });

  it("all together: the hidden operation keeps its pace and its cover", () => {
    const hidden = run({ ...HIDING, perDay: 20 });
    const accounts = byAccount(hidden.own);
    expect(accounts.size).toBeGreaterThan(36);
    expect(new Set(frames(hidden)).size).toBeLessThanOrEqual(20);
    expect(spread(volumes(hidden)).cv).toBeGreaterThan(0.5);
    const covered = 1 - hidden.own.length / hidden.sent.length;
    expect(covered).toBeGreaterThan(0.12);
    expect(covered).toBeLessThan(0.4);
  });
});

const itemWords = (text: string): string[] =>
  text
    .split("\n\n")
    .slice(0, -1)
    .join(" ")
    .toLowerCase()
    .match(/\p{L}{4,}|\p{Script=Han}{2}/gu) ?? [];

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): number {
  if (b === undefined || a.size + b.size === 0) return 0;
  const both = [...a].filter((word) => b.has(word)).length;
  return both / (a.size + b.size - both);
}
