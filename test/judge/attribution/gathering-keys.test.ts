import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Gathering } from "../../../src/core/assessment.ts";
import { gatheringKeys } from "../../../src/judge/attribution/gathering-keys.ts";
import { type Lineage, newLineage } from "../../../src/judge/lineage.ts";
import { openScanBench, type ScanBench } from "../scan-bench.ts";

/** A piece of prompts, a network, a card and an answer that came back, by their kinds in the low four bits. */
const [PIECE, NETWORK, CARD, ECHO] = [0x101n, 0x20an, 0x30bn, 0x40fn];
const ALL = [PIECE, NETWORK, CARD, ECHO];

let bench: ScanBench;
let told: readonly Gathering[];

beforeAll(async () => {
  bench = openScanBench();
  const lines = [
    { account: "a", keys: [PIECE, NETWORK] },
    { account: "a", keys: [PIECE] },
    { account: "b", keys: [PIECE] },
    { account: "c", keys: [PIECE, NETWORK] },
    { account: "d", keys: [NETWORK] },
  ].map(({ account, keys }, at) => ({
    id: `ex_${at}`,
    account,
    time: new Date(Date.UTC(2026, 10, 1, 0, at)).toISOString(),
    fingerprints: { secret: "test", keys: keys.map(Number) },
  }));
  await bench.scan({
    files: [bench.file("keys.ndjson", lines.map((line) => JSON.stringify(line)).join("\n"))],
    inspect: async ({ warehouse, roster }) => {
      // Accounts are numbered in the order in which they come.
      const [a, b, , d] = roster.hashes;
      const rule = (...keys: readonly number[]): Lineage =>
        Object.assign(newLineage(0), { keys: new Set(keys), required: 2 });
      const piece = (account: bigint) => ({ time: 0, key: ALL[3]!, account, presents: false });
      const paying = Object.assign(Object.create(roster) as typeof roster, {
        hashes: roster.hashes,
        facts: (account: number) => ({ identity: account < 3 ? [{ kind: 11, key: CARD }] : [] }),
      });
      told = await gatheringKeys(
        {
          warehouse,
          roster: paying,
          keyHashes: ALL,
          pieces: [piece(a!), piece(a!), piece(d!)],
        },
        [
          { lineage: rule(0, 1), accounts: [String(a), String(b)] },
          { lineage: rule(2, 3), accounts: [String(a), String(b)] },
          { lineage: newLineage(1, rule(0)), accounts: [String(d)] },
        ],
      );
    },
  });
});
afterAll(() => bench.close());

describe("the keys that gathered a group", () => {
  it("are told by kind with the accounts that carry them, inside and elsewhere", () => {
    expect(told[0]).toEqual({
      required: 2,
      whole: false,
      keys: [
        { kind: "shingle", members: 2, others: 1 },
        { kind: "network", members: 1, others: 2 },
      ],
    });
  });

  it("count cards and answers that came back, which no exchange carries", () => {
    expect(told[1]!.keys).toEqual([
      { kind: "payment", members: 2, others: 1 },
      { kind: "echo", members: 1, others: 1 },
    ]);
  });

  it("are those of the group that is followed, without what no member has", () => {
    expect(told[2]).toEqual({ required: 2, whole: false, keys: [] });
  });
});
