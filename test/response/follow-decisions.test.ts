import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LedgerKeys, loadLedgerKeys } from "../../src/ledger/ledger-keys.ts";
import type { DecisionPage, PageContent } from "../../src/response/decision-page.ts";
import { followDecisions } from "../../src/response/follow-decisions.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { openPageServer } from "./page-server.ts";
import { sampleEntry } from "./sample-decisions.ts";

const folder = ledgerFolder();
let keys: LedgerKeys;
beforeAll(async () => {
  keys = await loadLedgerKeys(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const START = Date.parse("2026-05-02T00:00:00.000Z");
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();
const denied = (account: string) => sampleEntry(account, { action: "deny" });
const part = (since: number, sequence: number, before: number, accounts: string[]) => ({
  since,
  sequence,
  before,
  time: at(10),
  entries: accounts.map(denied),
});

/** What a reader takes of pages that somebody between it and the server lets through, and what it says of the others. */
async function taken(all: PageContent, pages: readonly PageContent[], ends: RegExp) {
  const server = await openPageServer(all, keys);
  const stop = new AbortController();
  const took: DecisionPage[] = [];
  const said: string[] = [];
  const following = followDecisions(
    { url: server.url },
    {
      keys: keys.auditKeys,
      onPage: (page) => took.push(page),
      onFailure: (error) => said.push(String(error)),
      stop: stop.signal,
    },
  );
  try {
    if (pages.length > 0) await expect.poll(() => server.asked).toContain("from 5");
    for (const page of pages) server.send(page);
    await expect.poll(() => [...said, ...server.asked].join()).toMatch(ends);
    return { numbers: took.map(({ sequence }) => sequence), said, asked: server.asked };
  } finally {
    stop.abort();
    await following;
    await server.close();
  }
}

const ALL = { since: 0, sequence: 5, time: at(0), entries: [denied("acct_1")] };

it("takes a change that comes in several pages", async () => {
  const pages = [part(5, 5, 0, ["a", "b"]), part(5, 5, 2, ["c"]), part(5, 6, 3, ["d"])];
  const { numbers, said } = await taken(
    ALL,
    [...pages, part(6, 6, 0, []), part(1, 1, 0, [])],
    /6 is/,
  );
  expect(numbers.slice(0, 5)).toEqual([5, 5, 5, 6, 6]);
  expect(said[0]).toContain("What changed since 6 is not remembered");
});

it.each([
  ["the first of several pages is held back", [part(5, 6, 2, ["c"])]],
  ["one is held back between", [part(5, 5, 0, ["a"]), part(5, 6, 2, ["c"])]],
  ["one comes twice", [part(5, 5, 0, ["a"]), part(5, 5, 0, ["a"])]],
  ["one of earlier is sent again", [part(3, 4, 0, ["a"])]],
])("loads all anew where %s", async (_, pages) => {
  const { said, asked } = await taken(ALL, pages, /all.*from 5.*all/);
  expect(asked.slice(0, 3)).toEqual(["all", "from 5", "all"]);
  expect(said[0]).toContain("What changed since 5 is not remembered");
});

it("takes no page that is older than what it knows, whether of a stream or of all", async () => {
  const old = { ...part(5, 6, 0, ["a"]), time: at(-1) };
  const { numbers, said } = await taken(ALL, [old], /is older/);
  expect(numbers).toEqual([5]);
  expect(said[0]).toContain("is older than what is known");
});

it.each([
  ["a page without news", { since: 5, sequence: 5, time: at(0), entries: [] }],
  ["the rest of a change", part(0, 5, 500, ["a"])],
])("takes %s for no table of all there is, which would let everybody pass", async (_, page) => {
  const { numbers, said } = await taken(page, [], /is not all there is/);
  expect(numbers).toEqual([]);
  expect(said[0]).toContain("is not all there is");
});
