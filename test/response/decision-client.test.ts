import { rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditKeyText } from "../../src/ledger/audit-key.ts";
import { type LedgerKeys, loadLedgerKeys } from "../../src/ledger/ledger-keys.ts";
import {
  type Decision,
  type DecisionClient,
  type DecisionClientOptions,
  openDecisionClient,
} from "../../src/response/decision-client.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { openPageServer, type PageServer } from "./page-server.ts";
import { sampleEntry } from "./sample-decisions.ts";

const START = Date.parse("2026-05-02T00:00:00.000Z");
const folders = [ledgerFolder(), ledgerFolder()];
let keys: LedgerKeys;
let others: LedgerKeys;
let server: PageServer;
let client: DecisionClient;
let failures: string[];
let time: number;

const denied = (account: string) => sampleEntry(account, { action: "deny" });
const lifted = (account: string) => sampleEntry(account, { action: "allow" });
const at = (milliseconds: number) => new Date(milliseconds).toISOString();
const actionOf = async (account: string) => (await client.decide({ account })).action;

const loads = () => server.asked.filter((one) => !one.startsWith("{"));

beforeAll(async () => {
  [keys, others] = [await loadLedgerKeys(folders[0]!), await loadLedgerKeys(folders[1]!)];
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  time = START;
  failures = [];
  const all = { since: 0, sequence: 5, time: at(START), entries: [denied("acct_1")] };
  server = await openPageServer(all, keys);
});
afterEach(async () => {
  client.close();
  await server.close();
});

async function open(more: Partial<DecisionClientOptions> = {}): Promise<void> {
  client = openDecisionClient({
    url: server.url,
    publicKeys: [auditKeyText(keys.auditKeys[0]!)],
    now: () => new Date(time),
    onFailure: (error) => failures.push(String(error)),
    ...more,
  });
  await client.loaded;
  await expect.poll(() => server.asked).toContain("from 5");
}

describe("a client of decisions", () => {
  it("decides from memory, and follows what changes", async () => {
    await open();
    expect([await actionOf("acct_1"), await actionOf("acct_2")]).toEqual(["deny", "allow"]);
    const entries = [denied("acct_2"), lifted("acct_1")];
    server.send({ since: 5, sequence: 6, time: at(START), entries });
    await expect.poll(() => actionOf("acct_2")).toBe("deny");
    expect(await actionOf("acct_1")).toBe("allow");
    expect(loads()).toEqual(["all", "from 5"]);
  });

  it("tells the server what it knows", async () => {
    await open({ gateway: "edge-1" });
    const told = (sequence: number) => JSON.stringify({ gateway: "edge-1", sequence });
    await expect.poll(() => server.asked).toContain(told(5));
    server.send({ since: 5, sequence: 5, time: at(START), entries: [] });
    server.send({ since: 5, sequence: 6, time: at(START), entries: [denied("acct_2")] });
    await expect.poll(() => server.asked).toContain(told(6));
    expect(server.asked.filter((one) => one === told(5))).toHaveLength(1);
  });

  it("goes on where it was when the connection breaks", async () => {
    await open();
    server.send({ since: 5, sequence: 6, time: at(START), entries: [denied("acct_2")] });
    await expect.poll(() => actionOf("acct_2")).toBe("deny");
    server.drop();
    await expect.poll(() => loads()).toEqual(["all", "from 5", "from 6"]);
    expect(await actionOf("acct_1")).toBe("deny");
  });

  it.each(["a server that remembers no more", "a page that follows one it never had"])(
    "drops what it knew and loads all anew after %s",
    async (what) => {
      await open();
      server.all = { since: 0, sequence: 9, time: at(START), entries: [denied("acct_3")] };
      if (what.startsWith("a page"))
        server.send({ since: 8, sequence: 9, time: at(START), entries: [denied("acct_4")] });
      else {
        server.remembersFrom = 9;
        server.drop();
      }
      await expect.poll(() => server.asked).toContain("from 9");
      expect(await Promise.all(["acct_1", "acct_3", "acct_4"].map(actionOf))).toEqual([
        "allow",
        "deny",
        "allow",
      ]);
    },
  );

  it("believes no page that another key signed", async () => {
    await open();
    server.send({ since: 5, sequence: 6, time: at(START), entries: [lifted("acct_1")] }, others);
    await expect.poll(() => failures.join()).toMatch(/can't be trusted/);
    expect(await actionOf("acct_1")).toBe("deny");
  });

  it("believes no page that was changed after it was signed, on its way or at the start", async () => {
    const lift = (text: string) => text.replace('"action":"deny"', '"action":"allow"');
    server.forge = lift;
    client = openDecisionClient({
      url: server.url,
      publicKeys: [auditKeyText(keys.auditKeys[0]!)],
      now: () => new Date(time),
      onFailure: (error) => failures.push(String(error)),
    });
    await expect.poll(() => failures.join()).toMatch(/signature doesn't fit/);
    expect(client.state().freshAt).toBeUndefined();
    server.forge = (text) => text;
    await expect.poll(() => server.asked).toContain("from 5");
    failures = [];
    server.send(
      { since: 5, sequence: 6, time: at(START), entries: [denied("acct_1")] },
      keys,
      lift,
    );
    await expect.poll(() => failures.join()).toMatch(/signature doesn't fit/);
    expect(await actionOf("acct_1")).toBe("deny");
  });

  it("asks the server about a key alone, holds its last answer for a while, and then lets it pass", async () => {
    await open({ lastGoodMs: 60_000 });
    const asked = { credential: "key_1", person: "p_1" };
    server.answer = { ...denied(""), directive: null };
    expect(await client.decide(asked)).toMatchObject({ action: "deny", case: "c1" });
    expect(server.asked.at(-1)).toBe(JSON.stringify({ person: "p_1", key: "key_1" }));
    expect((await client.decide({ ...asked, account: "acct_2" })).action).toBe("allow");
    server.answer = undefined;
    expect((await client.decide(asked)).action).toBe("deny");
    expect(await client.decide({ credential: "key_2" })).toMatchObject({
      action: "allow",
      reason: "account_unknown",
    });
    time += 60_001;
    expect(await client.decide(asked)).toMatchObject({ action: "allow", reason: "stale" });
  });

  it("asks the server it was told of, and none that this names", async () => {
    await open({ directedModels: ["orion-5"] });
    const other = await openPageServer(server.all, keys);
    server.redirect = other.url;
    const asked = await client.decide({ account: "acct_2", model: "orion-5" });
    expect([asked.action, other.asked]).toEqual(["deny", []]);
    await other.close();
  });

  it("holds what it knew last for a while, and then lets it go", async () => {
    await open({ lastGoodMs: 60_000 });
    server.drop();
    time = START + 60_000;
    expect(await actionOf("acct_1")).toBe("deny");
    expect(client.state()).toMatchObject({ accounts: 1, isStale: false });
    time = START + 60_001;
    expect(await client.decide({ account: "acct_1" })).toMatchObject({
      action: "allow",
      reason: "stale",
    });
    expect(client.state().isStale).toBe(true);
  });

  it("counts a page's age from when the server knew it, not from when it came", async () => {
    await open({ lastGoodMs: 60_000 });
    time = START + 100_000;
    server.send({ since: 5, sequence: 5, time: at(START + 50_000), entries: [] });
    await expect.poll(() => actionOf("acct_1")).toBe("deny");
    expect(client.state().freshAt).toEqual(new Date(START + 50_000));
  });
});

describe("a client of decisions, about a model under a directive", () => {
  const question = { account: "acct_2", model: "orion-5", person: "p_1" };
  const refusal: Decision = {
    action: "deny",
    reason: "access_restricted",
    expires: null,
    case: null,
    directive: "r3",
    decision: null,
  };
  const passes: Decision = { ...refusal, action: "allow", reason: "none", directive: null };

  it("asks the server, holds its last answer for a while, and then denies", async () => {
    server.directed = ["orion-5"];
    await open({ lastGoodMs: 60_000 });
    for (const answer of [refusal, passes]) {
      server.answer = answer;
      expect(await client.decide(question)).toEqual(answer);
    }
    expect(server.asked.at(-1)).toBe(JSON.stringify(question));
    server.answer = undefined;
    expect(await client.decide(question)).toEqual(passes);
    time += 60_001;
    expect(await client.decide(question)).toMatchObject({
      action: "deny",
      reason: "directive_stale",
    });
    expect(await client.decide({ account: "acct_2", model: "orion-4" })).toMatchObject({
      action: "allow",
    });
  });

  it("asks where the model isn't known, for it may be one; and hears of a new directive", async () => {
    await open();
    server.answer = refusal;
    expect(await client.decide({ account: "acct_2" })).toMatchObject({ action: "allow" });
    server.directed = ["orion-*"];
    await expect.poll(() => client.decide({ account: "acct_2" })).toEqual(refusal);
    expect(await client.decide(question)).toEqual(refusal);
    expect(await client.decide({ account: "acct_2", model: "vega-1" })).toMatchObject({
      action: "allow",
    });
  });

  it("denies it from the start where it was told of the directive and the server is away", async () => {
    await server.close();
    client = openDecisionClient({ url: server.url, publicKeys: [], directedModels: ["orion-5"] });
    expect(await client.decide(question)).toMatchObject({ action: "deny" });
    expect(await client.decide({ account: "acct_2", model: "orion-4" })).toMatchObject({
      action: "allow",
      reason: "stale",
    });
  });
});

it("a client of decisions takes nothing for a key that is none", () => {
  expect(() => openDecisionClient({ url: server.url, publicKeys: ["PEM"] })).toThrow(/no Ed25519/);
});
