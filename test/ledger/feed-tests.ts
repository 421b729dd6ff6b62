import { expect, it } from "vitest";
import { keepKeyUsers, knownKeys } from "../../src/ledger/account-keys.ts";
import { feedHead, type FeedPage, readDecisionFeed } from "../../src/ledger/decision-feed.ts";
import { liftDecision } from "../../src/ledger/decisions.ts";
import { forgetClosedCases } from "../../src/ledger/forget-evidence.ts";
import { moveCase, reviewCase } from "../../src/ledger/move-case.ts";
import { openCaseFor } from "../../src/ledger/open-cases.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { checkedStep, takeStep } from "../../src/ledger/take-step.ts";
import type { LedgerBench } from "./ledger-bench.ts";
import { names, sampleGroup } from "./sample-group.ts";

const by = "ana";
const reason = "one crew";

/** Confirms c1 of given accounts. */
export async function confirmedCase(ledger: Ledger, accounts: readonly string[]): Promise<void> {
  await openCaseFor(ledger, sampleGroup(accounts));
  await reviewCase(ledger, { number: 1, by });
  await moveCase(ledger, { number: 1, move: { to: "confirmed" }, by, reason });
}

/** Limits accounts of c1, all unless some are named, a day long unless said otherwise: no review is asked for. */
export function limit(ledger: Ledger, accounts?: readonly string[], expires = "1970-01-02") {
  return ledger.change(async (change) => {
    const members = await change.tx.selectFrom("case_members").select("account").execute();
    const named = accounts ?? members.map(({ account }) => account);
    const step = { number: 1, step: "limit", reasonCode: "harvest", accounts: named } as const;
    const wanted = checkedStep({ ...step, expires, by, reason }, change.time);
    return takeStep(change, wanted, `user:${by}`);
  });
}

async function readSince(ledger: Ledger, since: number) {
  const until = await feedHead(ledger);
  const pages: FeedPage[] = [];
  for await (const page of readDecisionFeed(ledger, { since, until })) pages.push(page);
  return {
    until,
    pages: pages.length,
    rows: pages.flatMap(({ rows }) => rows),
    forgotten: pages.flatMap(({ forgottenCases }) => forgottenCases),
    users: pages.flatMap(({ keyUsers }) => keyUsers.map(({ key, account }) => [key, account])),
    keys: pages.map(({ keyUsers }) => new Set(keyUsers.map(({ key }) => key))),
  };
}

/** What the feed of decisions promises, on any store. */
export function feedTests({ place }: LedgerBench): void {
  it("tells a reader what was decided and lifted since it read last, made by another opening too", async () => {
    const { open } = await place();
    const [reader, writer] = [await open(), await open()];
    expect(await readSince(reader, 0)).toMatchObject({ until: 0, pages: 0, rows: [], users: [] });
    await confirmedCase(writer, names(3));
    await limit(writer);
    const first = await readSince(reader, 0);
    expect(first.rows.map(({ account, number }) => [account, number])).toEqual([
      ["a1", 1],
      ["a2", 1],
      ["a3", 1],
    ]);
    expect((await readSince(reader, first.until)).rows).toEqual([]);
    await limit(writer, ["a3"]);
    await liftDecision(writer, { decision: 1, accounts: ["a2"], by, reason });
    const { rows, until } = await readSince(reader, first.until);
    expect(rows.map(({ account, number, lifted }) => [account, number, lifted !== null])).toEqual([
      ["a3", 2, false],
      ["a2", 1, true],
    ]);
    expect(rows.map(({ changed }) => changed)).toEqual([first.until + 1, until]);
    expect((await readSince(reader, 0)).rows).toHaveLength(3);
    await moveCase(writer, { number: 1, move: { to: "overturned" }, by, reason });
    expect((await readSince(reader, until)).rows).toHaveLength(3);
    expect((await readSince(reader, 0)).rows).toEqual([]);
  });

  it("reads many in pages, each once, and from the beginning only what is in force", async () => {
    const { open } = await place();
    let now = new Date(0);
    const ledger = await open(() => now);
    const before = await feedHead(ledger);
    await confirmedCase(ledger, names(1100));
    await limit(ledger);
    await limit(ledger, ["a7"], "1970-02-01");
    const { rows, pages } = await readSince(ledger, before);
    expect(pages).toBe(3);
    expect(new Set(rows.map(({ number, account }) => `${number} ${account}`)).size).toBe(1101);
    now = new Date("1970-01-03");
    expect((await readSince(ledger, 0)).rows.map(({ account }) => account)).toEqual(["a7"]);
  });

  it("tells who used keys, all users of a key at once, and forgets them with the case", async () => {
    const { open } = await place();
    let now = new Date(0);
    const ledger = await open(() => now);
    await confirmedCase(ledger, names(2));
    await limit(ledger);
    const keep = (users: Parameters<typeof keepKeyUsers>[1]) =>
      keepKeyUsers(ledger, users, ["a1", "a2"]);
    const three = names(400, "k").map((key) => ({ key, accounts: ["a1", "b", "c"] }));
    expect(await keep(three)).toBe(1200);
    const first = await readSince(ledger, 0);
    expect(first.users).toHaveLength(1200);
    const seen = first.keys.filter(({ size }) => size > 0);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.reduce((sum, { size }) => sum + size, 0)).toBe(400);
    expect(await keep(three)).toBe(0);
    expect(await feedHead(ledger)).toBe(first.until);
    expect(await keep([{ key: "k1", accounts: ["a2"] }])).toBe(1);
    expect(await keep([{ key: "k9", accounts: names(17) }])).toBe(1);
    const nobodys = [names(17), ["b"]].map((accounts, i) => ({ key: `none${i}`, accounts }));
    expect(await keep(nobodys)).toBe(0);
    const { users, until } = await readSince(ledger, first.until);
    expect(users).toEqual([
      ["k1", "a2"],
      ["k9", ""],
    ]);
    await moveCase(ledger, { number: 1, move: { to: "upheld" }, by, reason });
    expect(await knownKeys(ledger, ["a2"])).toEqual(["k1"]);
    now = new Date("1975-01-01");
    await forgetClosedCases(ledger);
    expect(await knownKeys(ledger, ["a1", "a2"])).toEqual([]);
    expect((await readSince(ledger, until)).users).toEqual([]);
  });

  it("names cases that were forgotten with all their steps", async () => {
    const { open } = await place();
    let now = new Date(0);
    const ledger = await open(() => now);
    await confirmedCase(ledger, names(2));
    await limit(ledger, undefined, "1990-01-01");
    await moveCase(ledger, { number: 1, move: { to: "upheld" }, by, reason });
    const { until } = await readSince(ledger, 0);
    now = new Date("1975-01-01");
    await forgetClosedCases(ledger);
    expect(await readSince(ledger, until)).toMatchObject({ rows: [], forgotten: [1] });
  });
}
