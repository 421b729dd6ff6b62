import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { groupTraffic, type MemberRow } from "../../../src/judge/attribution/member-traffic.ts";
import { type Origins, roleOf } from "../../../src/judge/attribution/role-of.ts";
import { memberExchanges, memberOrigins } from "../../../src/warehouse/statements.gen.ts";
import { openScanBench, type ScanBench } from "../scan-bench.ts";

/** Keys of prompts that two groups are about, and keys of networks and clients. */
const [FIRST, SECOND] = [0x101, 0x201];
const network = (n: number): number => 0x1000 * n + 10;
const client = (n: number): number => 0x1000 * n + 9;

let bench: ScanBench;
let origins: ReadonlyMap<string, Origins>;
let rows: readonly MemberRow[];

beforeAll(async () => {
  bench = openScanBench();
  let minute = 0;
  const send = (account: string, keys: readonly number[], count: number): object[] =>
    Array.from({ length: count }, () => ({
      id: `ex_${minute}`,
      account,
      time: new Date(Date.UTC(2026, 10, 1, 0, minute++)).toISOString(),
      credential: "key_1",
      usage: { input: 100, cached: 40, output: 10 },
      billed: 0.25,
      fingerprints: { secret: "test", keys },
    }));
  const [theirs, its] = [
    [network(1), client(1)],
    [network(2), client(2)],
  ];
  const lines = [
    // Six exchanges of twenty for two groups, four of them for both.
    ...send("several", [FIRST, SECOND, ...theirs], 4),
    ...send("several", [FIRST, ...theirs], 1),
    ...send("several", [SECOND, ...theirs], 1),
    ...send("several", theirs, 14),
    // A customer at its own place, before and after its key is used with another client elsewhere.
    ...send("stolen", its, 8),
    ...send("stolen", [FIRST, ...theirs], 12),
    ...send("stolen", its, 8),
  ];
  await bench.scan({
    files: [bench.file("origins.ndjson", lines.map((line) => JSON.stringify(line)).join("\n"))],
    inspect: async ({ warehouse, roster }) => {
      const members = roster.hashes.map(String);
      await warehouse.insert(
        "reported",
        [0, 1].flatMap((group_no) =>
          members.map((account_hash) => ({ group_no, account_hash, detected: 4_294_967_295 })),
        ),
      );
      const rule = { rule: 0, required: 1 };
      await warehouse.insert("reported_rules", [
        { ...rule, group_no: 0, keys: [String(FIRST)] },
        { ...rule, group_no: 1, keys: [String(SECOND)] },
      ]);
      // Accounts are numbered in the order in which they come.
      const names = new Map(members.map((hash, i) => [hash, ["several", "stolen"][i]!]));
      const read = await warehouse.rows(memberOrigins, {});
      origins = new Map(read.map((row) => [names.get(row.account_hash)!, row]));
      rows = await warehouse.rows(memberExchanges, {});
    },
  });
});
afterAll(() => bench.close());

const roleOfOne = (account: string) => {
  const own = origins.get(account)!;
  const exchanges = Number(own.served) + Number(own.others);
  const share = Number(own.served) / exchanges;
  return roleOf({ exchanges, share, origins: own, operated: true, untied: false });
};

describe("an account that serves several flagged groups", () => {
  it("is judged by what it does for all of them, each exchange counted once", () => {
    expect(origins.get("several")).toMatchObject({ served: "6", others: "14" });
    // By adding up what it does for each it would be operated: five of twenty, twice, make a half.
    expect(roleOfOne("several")).toBe("mixed");
    expect(origins.get("several")).toMatchObject({ elsewhere: "0", apart: "0", shared: "6" });
  });

  it("has its exchanges, tokens and bills counted by group", () => {
    const ofGroup = (no: number) =>
      groupTraffic(
        rows.filter((row) => row.group_no === no && row.name === "several"),
        [{ kind: "own", required: 1, keys: [1n] }],
      ).members[0]!;
    expect([ofGroup(0), ofGroup(1)]).toMatchObject([
      { served: 5, exchanges: 20 },
      { served: 5, exchanges: 20 },
    ]);
    const served = ofGroup(0).rows.find((row) => row.rules === 1);
    expect(served).toMatchObject({
      input_tokens: "500",
      cached_tokens: "200",
      output_tokens: "50",
      billed: 1.25,
    });
  });
});

describe("an account whose key is used from elsewhere", () => {
  it("shows both places, and that its own traffic went on", () => {
    const own = origins.get("stolen")!;
    expect(own).toMatchObject({ served: "12", others: "16", elsewhere: "16", apart: "16" });
    expect(own).toMatchObject({ settled: "16", shared: "0", other_keys: "0" });
    expect(own.first_other).toBeLessThan(own.first_served);
    expect(own.last_other).toBeGreaterThan(own.last_served);
    expect(roleOfOne("stolen")).toBe("compromised");
  });
});
