import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replaysOf } from "../../src/judge/attribution/group-replays.ts";
import { readHabits, type ReadHabits } from "../../src/judge/read-habits.ts";
import type { RowOf } from "../../src/warehouse/statement.ts";
import { groupReplays } from "../../src/warehouse/statements.gen.ts";
import { openScanBench, type ScanBench } from "./scan-bench.ts";

let bench: ScanBench;
/** By account name. */
let habits: ReadonlyMap<string, ReadHabits>;
let replays: readonly RowOf<typeof groupReplays>[];
let names: ReadonlyMap<string, string>;
let said: ReturnType<typeof replaysOf>;

const ANSWER =
  "A long enough answer to be told from every other, which is issued once and then comes back.";

interface Ask {
  readonly id: string;
  readonly account: string;
  readonly time: string;
  readonly model?: string;
  readonly credential?: string;
  readonly ip?: string;
  readonly agent?: string;
  readonly input?: unknown;
  readonly previous?: string;
  readonly answered?: string;
}

/** An exchange of OpenAI's Responses. */
function line(ask: Ask): object {
  const { id, account, time, credential, ip, agent, input = "What now?", answered } = ask;
  return {
    id,
    account,
    time: `2026-11-${time}Z`,
    model: ask.model ?? "orion-4",
    credential,
    client: { ip, user_agent: agent },
    request: { input, previous_response_id: ask.previous },
    response: {
      id: answered ?? `resp_of_${id}`,
      output: [{ type: "message", content: [{ type: "output_text", text: ANSWER }] }],
      status: "completed",
    },
  };
}

const history = [
  { role: "user", content: "What now?" },
  { role: "assistant", content: ANSWER },
  { role: "user", content: "And then?" },
];
const own = { account: "a", credential: "k1" };
const EXCHANGES: readonly Ask[] = [
  { ...own, id: "a1", time: "01T10:05:00", ip: "198.51.100.1", agent: "x", answered: "resp_0001" },
  { ...own, id: "a2", time: "01T10:30:00", ip: "203.0.113.1", agent: "y" },
  { ...own, id: "a3", time: "02T11:00:00", ip: "198.51.100.7", agent: "x", model: "orion-5" },
  { ...own, id: "a4", time: "02T11:10:00", ip: "198.51.100.8", agent: "x", model: "orion-5" },
  { id: "b1", account: "b", time: "03T09:00:00", previous: "resp_0001" },
  { id: "c1", account: "c", time: "03T09:00:00", input: history },
  { id: "e1", account: "e", time: "03T09:00:00", previous: "resp_0001" },
];
const ACCOUNTS = [
  {
    account: "a",
    created: "2026-04-01T00:00:00Z",
    plan: "pro",
    email_domain: "old.example",
    payment: "card",
    verification: { level: "phone" },
  },
  {
    account: "a",
    time: "2026-11-01T00:00:00Z",
    created: "2026-04-01T00:00:00Z",
    plan: "pro",
    email_domain: "new.example",
    payment: "card",
    verification: { level: "phone" },
  },
  { account: "e", payment: "card" },
];

beforeAll(async () => {
  bench = openScanBench();
  const text = (rows: readonly object[]): string =>
    rows.map((row) => JSON.stringify(row)).join("\n");
  await bench.scan({
    files: [bench.file("habits.ndjson", text(EXCHANGES.map(line)))],
    accounts: bench.file("habits-accounts.ndjson", text(ACCOUNTS)),
    inspect: async ({ warehouse, roster }) => {
      const members = roster.hashes.map((hash) => ({
        group_no: 0,
        account_hash: String(hash),
        detected: 0,
      }));
      await warehouse.insert("reported", members);
      const read = await readHabits(warehouse, roster);
      // Accounts are numbered in the order in which they come.
      const order = ["a", "b", "c", "e"];
      habits = new Map(read.map((one) => [order[one.account] ?? "", one]));
      names = new Map(roster.hashes.map((hash, i) => [String(hash), order[i] ?? ""]));
      replays = await warehouse.rows(groupReplays, {});
      said = replaysOf(replays, roster);
    },
  });
});
afterAll(() => bench.close());

describe("habits", () => {
  it("are an account's days, hours, networks, clients and models", () => {
    const { habits: a, sampled } = habits.get("a")!;
    expect(sampled).toBe(true);
    expect(a).toMatchObject({
      created: Date.UTC(2026, 3, 1) / 1000,
      plan: "pro",
      mailDomain: "new.example",
      established: true,
      first: Date.UTC(2026, 10, 1, 10) / 1000,
      exchanges: 4,
      days: 2,
      firstDay: 2,
      busiestDay: 2,
      spread: { networks: 2, clients: 2, examples: ["a1", "a2"] },
      models: [
        { model: "orion-4", time: Date.UTC(2026, 10, 1, 10, 5) / 1000, id: "a1" },
        { model: "orion-5", time: Date.UTC(2026, 10, 2, 11) / 1000, id: "a3" },
      ],
    });
    expect(a.byHour.flatMap((n, h) => (n > 0 ? [[h, n]] : []))).toEqual([
      [10, 2],
      [11, 2],
    ]);
    expect([a.networks.length, a.clients.length]).toEqual([2, 2]);
  });

  it("are few of an account of which little is known", () => {
    expect(habits.get("b")!.habits).toMatchObject({
      created: 0,
      plan: "",
      mailDomain: "",
      established: false,
      exchanges: 1,
      days: 1,
      networks: [],
      clients: [],
      spread: undefined,
    });
  });

  it("belong to a payer, who may have several accounts", () => {
    expect(habits.get("a")!.habits.payer).toBe(habits.get("e")!.habits.payer);
    expect(habits.get("a")!.habits.payer).not.toBe(habits.get("b")!.habits.payer);
  });
});

describe("replays", () => {
  it("are handles that another member presents, and not its text alone", () => {
    const pairs = replays.map((row) => `${names.get(row.presenter)} of ${names.get(row.issuer)}`);
    expect(new Set(pairs)).toEqual(new Set(["b of a", "e of a"]));
  });

  it("are told of strangers, and not of a payer's own accounts", () => {
    expect(said?.sentence).toContain("1 account presents a handle of the provider's making");
    expect(said?.examples).toEqual(["b1"]);
  });
});
