import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Agreement } from "../../src/core/agreement.ts";
import { assess } from "../../src/judge/assess.ts";
import { namedAgreements } from "../../src/judge/named-agreement.ts";
import type { Lineage } from "../../src/judge/lineage.ts";
import type { AccountLine } from "../../src/range/world.ts";
import { openScanBench, type ScanBench } from "./scan-bench.ts";
import { plantedWorld } from "./worlds.ts";

const TERM = { from: "2026-11-01T00:00:00Z", until: "2026-12-01T00:00:00Z" };

let bench: ScanBench;
let models: readonly string[];
let use: { readonly exchanges: number; readonly tokens: number };
/** By the name of the terms: what is said of the flagged group under an agreement with them. */
let said: Readonly<Record<string, Said | undefined>>;
/** What is said of each of several groups under one agreement. */
let together: Readonly<Record<string, readonly Said[]>>;
type Said = readonly [assessment: string, reason: string];

/** Terms that the group's use keeps, but for one change. */
function variants(accounts: readonly string[]): Record<string, Agreement> {
  const kept: Agreement = {
    id: "agr_1",
    customer: "Lindgren & Partners",
    organizations: [],
    accounts,
    models,
    purpose: "Training data under contract",
    budget: { exchanges: use.exchanges, output_tokens: use.tokens },
    ...TERM,
  };
  return {
    "to the last exchange and token": kept,
    "without a budget": { ...kept, budget: undefined },
    "for any model": { ...kept, models: [] },
    "one exchange over": { ...kept, budget: { exchanges: use.exchanges - 1 } },
    "one token over": { ...kept, budget: { output_tokens: use.tokens - 1 } },
    "another model": { ...kept, models: ["orion-3-mini"] },
    expired: { ...kept, until: "2026-11-18T00:00:00Z" },
    "not begun": { ...kept, from: "2026-11-17T00:00:00Z" },
    "another party": { ...kept, accounts: ["somebody else"] },
    "another agreement's number": { ...kept, id: "agr_2" },
  };
}

/** A line a request, a line the answer half an hour later, and a line that states its tokens once more. */
function inParts(line: string): object[] {
  const { request, response, usage, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const time = new Date(Date.parse(String(rest["time"])) + 30 * 60_000).toISOString();
  return [
    { ...rest, part: "request", request },
    { ...rest, model: undefined, part: "response", response, time },
    { ...rest, model: undefined, part: "usage", usage, time },
  ];
}

beforeAll(async () => {
  bench = openScanBench();
  const world = await bench.world(plantedWorld(1));
  const { accounts: operated } = world.truth.campaigns[0]!;
  const own = new Set(operated);
  const lines = readFileSync(world.exchanges, "utf8").trimEnd().split("\n");
  const used = lines
    .map(
      (line) => JSON.parse(line) as { account: string; model: string; usage: { output: number } },
    )
    .filter(({ account }) => own.has(account));
  models = [...new Set(used.map(({ model }) => model))].toSorted();
  use = {
    exchanges: used.length,
    tokens: used.reduce((sum, { usage }) => sum + usage.output, 0),
  };
  const accounts = readFileSync(world.accounts, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as AccountLine)
    .map((line) => JSON.stringify(own.has(line.account) ? { ...line, agreement: "agr_1" } : line));
  const answers: Record<string, Said | undefined> = {};
  await bench.scan({
    files: [
      bench.file(
        "in-parts.ndjson",
        lines
          .flatMap(inParts)
          .map((part) => JSON.stringify(part))
          .join("\n"),
      ),
    ],
    accounts: bench.file("accounts.ndjson", accounts.join("\n")),
    inspect: async ({ warehouse, judge, roster }) => {
      const lineage = judge.lineages.find(
        ({ flaggedAt, accounts: members }) => flaggedAt > 0 && members.size === own.size,
      )!;
      const terms = variants(operated);
      const ask = async (name: string, groups: readonly Lineage[]) => {
        const agreements = [terms[name]!];
        const named = await namedAgreements(groups, { warehouse, roster, agreements });
        return groups.map((group) => {
          const its = { lineage: group, coordinated: true, parties: own.size };
          const answer = assess({ ...its, named: named.get(group) });
          return [answer?.assessment ?? "", answer?.reason ?? ""] as const;
        });
      };
      for (const name of Object.keys(terms)) [answers[name]] = await ask(name, [lineage]);
      const all = [...lineage.accounts];
      const half = (from: number, to: number): Lineage => {
        return { ...lineage, accounts: new Map(all.slice(from, to)) };
      };
      const halves = [half(0, all.length / 2), half(all.length / 2, all.length)];
      const dark = { ...halves[1]!, flaggedAt: 0, harvestBits: 0 };
      const [less, enough] = ["one exchange over", "to the last exchange and token"] as const;
      together = {
        "two halves that use it up": await ask(enough, halves),
        "two halves, one exchange over": await ask(less, halves),
        "a half": await ask(less, halves.slice(0, 1)),
        "a half beside all": await ask(enough, [lineage, ...halves]),
        "a half beside one that needs none": await ask(less, [halves[0]!, dark]),
      };
    },
  });
  said = answers;
});
afterAll(() => bench.close());

describe("an agreement", () => {
  it.each(["to the last exchange and token", "without a budget", "for any model"])(
    "makes a flagged group bulk where its use is within it (%s)",
    (name) => {
      expect(said[name]).toEqual(["bulk", "Covered by agreement agr_1 with Lindgren & Partners."]);
    },
  );

  it.each([
    ["one exchange over", /^Agreement agr_1 .*: [\d,]+ exchanges of [\d,]+ are used\.$/],
    ["one token over", /: [\d,]+ output tokens of [\d,]+ are used\.$/],
    ["another model", /: it does not name orion-4\.$/],
    ["expired", /: it ended on 2026-11-18\.$/],
    ["not begun", /: it begins on 2026-11-17\.$/],
    ["another party", /: it does not name \d+ accounts of this group\.$/],
    ["another agreement's number", /: there is none of that id\.$/],
  ])("leaves a flagged group a campaign where its use is not (%s), and says so", (name, why) => {
    expect(said[name]).toEqual(["campaign", expect.stringMatching(why)]);
  });

  it("counts what all groups used that it explains against its budget, each account once", () => {
    const covered = ["bulk", "Covered by agreement agr_1 with Lindgren & Partners."];
    expect(together["a half"]).toEqual([covered]);
    expect(together["two halves that use it up"]).toEqual([covered, covered]);
    expect(together["a half beside all"]).toEqual([covered, covered, covered]);
    expect(together["a half beside one that needs none"]![0]).toEqual(covered);
    const over = expect.stringMatching(
      /: [\d,]+ exchanges of [\d,]+ are used, those of other groups included\.$/,
    );
    expect(together["two halves, one exchange over"]).toEqual([
      ["campaign", over],
      ["campaign", over],
    ]);
  });
});
