import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { accountShape } from "../../src/ingest/account-line.ts";
import { demoWorld } from "../../src/range/demo-world.ts";
import type { Truth } from "../../src/range/world.ts";
import { accountLines, runWorld } from "../../src/range/write-world.ts";
import { firstPrompt, type Line } from "./first-prompt.ts";

const UNTIL = new Date("2026-11-20T00:00:00Z");
const SCALE = 0.3;

interface Run {
  readonly lines: readonly Line[];
  readonly truth: Truth;
  readonly sha256: string;
}

function run(seed: number): Run {
  const { lines, truth } = runWorld(demoWorld(seed, UNTIL, SCALE));
  const hash = createHash("sha256");
  const parsed: Line[] = [];
  for (const line of lines) {
    hash.update(line);
    parsed.push(JSON.parse(line) as Line);
  }
  return { lines: parsed, truth: truth(), sha256: hash.digest("hex") };
}

describe("the demonstration world", () => {
  let world: Run;
  beforeAll(() => {
    world = run(7);
  });

  it("is the same, byte for byte, for the same seed and another for another seed", () => {
    expect(run(7).sha256).toBe(world.sha256);
    expect(run(8).sha256).not.toBe(world.sha256);
    const accounts = (seed: number): string =>
      JSON.stringify(accountLines(demoWorld(seed, UNTIL, SCALE).parts));
    expect(accounts(7)).toBe(accounts(7));
  });

  it("comes in time order, within its window, with ids of its own", () => {
    const times = world.lines.map((line) => line.time);
    expect(times).toEqual(times.toSorted());
    expect(times[0]! >= "2026-11-08T00:00:00.000Z" && times.at(-1)! < UNTIL.toISOString()).toBe(
      true,
    );
    expect(new Set(world.lines.map((line) => line.id)).size).toBe(world.lines.length);
  });

  it("holds canonical lines in all four body dialects, each with usage and a client", () => {
    const endpoints = new Set<string>();
    for (const line of world.lines) {
      endpoints.add(line.endpoint);
      expect(line.account).toMatch(/^acct_/);
      expect(line.client.ip).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
      expect(line.client.ja4).toMatch(/^t13d\d{4}h2_[0-9a-f]{12}_[0-9a-f]{12}$/);
      expect(line.usage.input).toBeGreaterThan(0);
      expect(line.usage.output).toBeGreaterThan(0);
      expect(typeof line.request === "object" && typeof line.response === "object").toBe(true);
    }
    expect([...endpoints].toSorted()).toEqual([
      "/v1/chat/completions",
      "/v1/messages",
      "/v1/models:generateContent",
      "/v1/responses",
    ]);
  });

  it("holds account lines that intake accepts, with no field it would drop", () => {
    for (const line of accountLines(demoWorld(7, UNTIL, SCALE).parts)) {
      expect(accountShape.strict().safeParse(line).error).toBeUndefined();
    }
  });

  it("has an account line, signed up before its first exchange, for every account that sends", () => {
    const created = new Map(
      accountLines(demoWorld(7, UNTIL, SCALE).parts).map((line) => [line.account, line.created]),
    );
    for (const line of world.lines)
      expect((created.get(line.account) ?? "none") < line.time).toBe(true);
  });

  it("knows its truth: accounts of operations and look-alikes are disjoint and sums agree", () => {
    const { campaigns, lookalikes } = world.truth;
    expect(campaigns.length).toBe(4);
    expect(new Set(lookalikes.map((group) => group.family)).size).toBeGreaterThanOrEqual(10);
    const all = [...campaigns, ...lookalikes].flatMap((group) => group.accounts);
    expect(new Set(all).size).toBe(all.length);
    const sent = new Map<string, number>();
    for (const line of world.lines) sent.set(line.account, (sent.get(line.account) ?? 0) + 1);
    const total = (accounts: readonly string[]): number =>
      accounts.reduce((sum, account) => sum + (sent.get(account) ?? 0), 0);
    for (const campaign of campaigns) {
      expect(campaign.hours.reduce((a, b) => a + b, 0)).toBe(campaign.exchanges);
      expect(campaign.exchanges).toBeLessThanOrEqual(total(campaign.accounts));
      expect(campaign.accounts.every((account) => sent.has(account))).toBe(true);
    }
    for (const group of lookalikes) expect(group.exchanges).toBe(total(group.accounts));
  });

  it("replaces the suspended pool by the standby within the hour", () => {
    const world7 = demoWorld(7, UNTIL, SCALE);
    const suspended = accountLines(world7.parts).filter((line) => line.status === "suspended");
    const first = world.truth.campaigns[0]!;
    const pool = new Set(
      suspended.map((line) => line.account).filter((account) => first.accounts.includes(account)),
    );
    const at = suspended.find((line) => pool.has(line.account))!.suspended!;
    const own = world.lines.filter((line) => first.accounts.includes(line.account));
    const last = own.findLast((line) => pool.has(line.account))!.time;
    const next = own.find((line) => !pool.has(line.account))!.time;
    expect(last <= at).toBe(true);
    expect(Date.parse(next) - Date.parse(last)).toBeLessThan(3 * 3_600_000);
  });

  it("presents in many conversations an answer that was issued to another account only where it is meant to", () => {
    const issued = new Map<string, string>();
    const crossings = new Map<string, number>();
    const family = new Map<string, string>();
    for (const group of world.truth.campaigns)
      for (const account of group.accounts) family.set(account, group.name);
    for (const group of world.truth.lookalikes)
      for (const account of group.accounts) family.set(account, group.family);
    for (const line of world.lines) {
      for (const text of JSON.stringify(line.request).match(/(?:toolu_01|call_)[a-z0-9]{22,24}/g) ??
        []) {
        const owner = issued.get(text);
        if (owner === undefined || owner === line.account) continue;
        const name = family.get(line.account) ?? "people";
        crossings.set(name, (crossings.get(name) ?? 0) + 1);
      }
      for (const text of JSON.stringify(line.response).match(
        /(?:toolu_01|call_)[a-z0-9]{22,24}/g,
      ) ?? [])
        issued.set(text, line.account);
    }
    expect([...crossings.keys()]).toEqual(["agentic coding over several doors"]);
  });

  it("lets unrelated people repeat at most half a percent of each other's first messages, and none of the long ones", () => {
    const special = new Set(
      [...world.truth.campaigns, ...world.truth.lookalikes].flatMap((group) => group.accounts),
    );
    const holders = new Map<string, Set<string>>();
    for (const line of world.lines) {
      if (special.has(line.account)) continue;
      const prompt = firstPrompt(line);
      if (prompt === undefined) continue;
      holders.set(prompt, (holders.get(prompt) ?? new Set()).add(line.account));
    }
    const shared = [...holders].filter(([, accounts]) => accounts.size > 1);
    expect(holders.size).toBeGreaterThan(1500);
    expect(shared.length / holders.size).toBeLessThan(0.005);
    expect(shared.filter(([prompt]) => prompt.length > 80)).toEqual([]);
  });
});
