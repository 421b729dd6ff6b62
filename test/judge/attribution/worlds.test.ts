import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Group, ScanResult } from "../../../src/core/assessment.ts";
import { CAMPAIGNS } from "../../../src/range/campaigns/catalog.ts";
import { type Stage, stageWorld } from "../../../src/range/suites/stage-world.ts";
import { openScanBench, type ScanBench, type WorldFiles } from "../scan-bench.ts";

let bench: ScanBench;
beforeAll(() => {
  bench = openScanBench();
});
afterAll(() => bench.close());

/** A world of people and the operations named. */
function staged(ids: readonly string[], change: Partial<Stage> = {}): Promise<WorldFiles> {
  const makers = ids.map((id) => CAMPAIGNS.find((known) => known.id === id)!);
  return bench.world(
    stageWorld({
      name: "attribution",
      seed: "1",
      days: 5,
      people: 120,
      plantings: makers.map((maker) => ({ maker })),
      lookalikes: [],
      lookalikeScale: 1,
      exchanges: 3000,
      leastAccounts: 40,
      scale: undefined,
      texts: undefined,
      ...change,
    }),
  );
}

const PRICES = { currency: "USD", models: { "orion-4": { input: 3, output: 15 } } };

const flagged = ({ groups }: ScanResult): Group[] =>
  groups.filter(({ assessment }) => assessment === "campaign");

it("takes a key for stolen where the customer's own traffic goes on beside the operator's", async () => {
  const { exchanges, accounts, truth } = await staged(["stolen-keys"]);
  const { result } = await bench.scan({ files: [exchanges], accounts });
  const members = flagged(result).flatMap((group) => group.members);
  const stolen = members.filter(({ role }) => role === "compromised");
  expect(stolen.length).toBeGreaterThan(members.length / 2);
  // Who sends nothing of their own in these days looks like anybody's account.
  expect(members.filter(({ role }) => role === "mixed")).toEqual([]);
  const sent = counts(exchanges);
  for (const { account, exchanges: served, share } of stolen) {
    expect(served).toBeLessThan(sent.get(account)!);
    expect(share).toBeCloseTo(served / sent.get(account)!, 3);
  }
  const [campaign] = truth.campaigns;
  const taken = flagged(result).reduce((sum, group) => sum + group.exchanges, 0);
  const possible = campaign!.exchanges * (members.length / campaign!.accounts.length);
  expect(Math.abs(taken / possible - 1)).toBeLessThan(0.2);
  expect(flagged(result)[0]!.techniques).toContainEqual({ id: "AML.T0012", by: ["members"] });
});

it("counts in whoever did the same work before it was known, and was gone by then", async () => {
  const { exchanges, accounts, truth } = await staged(["fixed-line"]);
  const gone = new Set(truth.campaigns[0]!.accounts.filter((_, i) => i % 8 === 0));
  const sent = readFileSync(exchanges, "utf8").trimEnd().split("\n");
  const lines = sent.map((line) => JSON.parse(line) as { account: string; time: string });
  const begun = lines.find(({ account }) => gone.has(account))!.time;
  // All that these send, they send within an hour of the first.
  for (const line of lines)
    if (gone.has(line.account)) line.time = begun.slice(0, 14) + line.time.slice(14);
  writeFileSync(exchanges, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const { result } = await bench.scan({ files: [exchanges], accounts });
  expect(gone.difference(new Set(flagged(result)[0]!.accounts))).toEqual(new Set());
});

it("tells the operators of one pool apart by their work, to the account", async () => {
  const { exchanges, accounts, truth } = await staged(["shared-pool"], {
    days: 6,
    exchanges: 4000,
  });
  const { result } = await bench.scan({ files: [exchanges], accounts });
  const [group] = flagged(result);
  const inPool = new Set(group!.accounts);
  const claimed = group!.operators.map(({ accounts: own }) => {
    const same = truth.campaigns.filter((campaign) => {
      const its = new Set(campaign.accounts).intersection(inPool);
      const common = own.filter((account) => its.has(account)).length;
      return common >= 0.9 * Math.max(own.length, its.size);
    });
    return same.map(({ id }) => id);
  });
  expect(claimed.length).toBeGreaterThanOrEqual(2);
  expect(claimed.every((ids) => ids.length === 1)).toBe(true);
  expect(new Set(claimed.flat()).size).toBe(claimed.length);
  // Nobody is taken for a customer whose key was stolen: other people's requests come the same way.
  const roles = flagged(result).flatMap(({ members }) => members.map(({ role }) => role));
  expect(roles).not.toContain("compromised");
});

it("yields the chain of ATLAS case study AML.CS0056 on a world made after it", async () => {
  const { exchanges, accounts } = await staged(
    ["reasoning-and-grading", "agentic-harvest", "tool-harvest"],
    { exchanges: 2500 },
  );
  const { result } = await bench.scan({ files: [exchanges], accounts });
  const groups = flagged(result);
  expect(groups).toHaveLength(3);
  expect(groups.flatMap((group) => group.operators)).toEqual([]);
  const told = new Set(groups.flatMap(({ techniques }) => techniques.map(({ id }) => id)));
  const chain = ["AML.T0008.005", "AML.T0065", "AML.T0040", "AML.T0024.002", "AML.T0048.004"];
  expect(chain.filter((id) => !told.has(id))).toEqual([]);
  for (const { evidence, techniques } of groups) {
    const signals = [...evidence.map(({ signal }) => signal), "members", "assessment"];
    expect(techniques.flatMap(({ by }) => by).filter((by) => !signals.includes(by))).toEqual([]);
  }
});

describe("a group through time", () => {
  it("keeps its id while its accounts are suspended and replaced, and tells so", async () => {
    const { exchanges, accounts, truth } = await staged(["fixed-line"]);
    const lines = readFileSync(exchanges, "utf8").trimEnd().split("\n");
    const at = Math.floor(lines.length / 2);
    const dataDir = bench.dataDir();
    const before = await bench.scan({
      files: [bench.file("first-half.ndjson", lines.slice(0, at).join("\n"))],
      accounts,
      dataDir,
    });
    const after = await bench.scan({
      files: [bench.file("second-half.ndjson", lines.slice(at).join("\n"))],
      accounts,
      dataDir,
      known: bench.file("known.json", JSON.stringify(before.result)),
      prices: bench.file("prices.json", JSON.stringify(PRICES)),
    });
    const [early, late] = [flagged(before.result), flagged(after.result)];
    expect(early).toHaveLength(1);
    expect(late.map(({ id }) => id)).toEqual(early.map(({ id }) => id));
    const [campaign] = truth.campaigns;
    expect(late[0]!.accounts).toHaveLength(campaign!.accounts.length);
    const fresh = late[0]!.accounts.filter((account) => !early[0]!.accounts.includes(account));
    expect(fresh.length).toBeGreaterThanOrEqual(10);
    const told = late[0]!.history.map(({ event }) => event);
    expect(told.indexOf("flagged")).toBeLessThan(told.indexOf("suspended"));
    const suspended = late[0]!.history.filter(({ event }) => event === "suspended");
    const gone = suspended.reduce((sum, line) => sum + line.accounts, 0);
    expect(gone).toBe(campaign!.accounts.length / 2);
    expect(late[0]!.history.at(-1)).toMatchObject({ event: "joined", accounts: gone });
    expect(late[0]!.operation).toBe(early[0]!.operation);
    // Its earlier self is recognized, by the same prompts.
    expect(late[0]!.similar[0]).toMatchObject({ group: early[0]!.id });
    expect(late[0]!.similar[0]!.skeleton).toBeGreaterThan(0.5);
    expect(early[0]!.similar).toEqual([]);
    expect(late[0]!.money).toMatchObject({ currency: "USD", unpriced_exchanges: 0 });
    expect(late[0]!.money.list_price).toBeGreaterThan(0);
    expect(early[0]!.money.list_price).toBeNull();
  });
});

/** Exchanges by account. */
function counts(file: string): ReadonlyMap<string, number> {
  const sent = new Map<string, number>();
  for (const line of readFileSync(file, "utf8").trimEnd().split("\n")) {
    const { account } = JSON.parse(line) as { account: string };
    sent.set(account, (sent.get(account) ?? 0) + 1);
  }
  return sent;
}
