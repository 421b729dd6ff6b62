import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { auditHash, chainRows, checkpointOf } from "../../src/ledger/audit-chain.ts";
import { type LedgerKeys, loadLedgerKeys } from "../../src/ledger/ledger-keys.ts";
import type { AuditRow } from "../../src/ledger/tables.ts";
import { verifyAudit } from "../../src/ledger/verify-audit.ts";

const time = "2026-11-21T19:00:00.000Z";
let keys: LedgerKeys;
let strangers: LedgerKeys;

beforeAll(async () => {
  const folder = () => mkdtempSync(join(tmpdir(), "stillwatch-keys-"));
  keys = await loadLedgerKeys(folder());
  strangers = await loadLedgerKeys(folder());
});

/** A chain of changes, each of as many rows as its number says. */
function chainOf(changes: readonly number[], by: LedgerKeys = keys): readonly AuditRow[] {
  const rows: AuditRow[] = [];
  for (const [no, length] of changes.entries()) {
    const entries = Array.from({ length }, (_, i) => ({
      actor: "user:ana",
      action: "case.confirmed",
      object: `case:c${no}`,
      details: { reason: `because ${i}`, bits: i / 3 },
    }));
    rows.push(...chainRows(entries, { last: rows.at(-1), time, keys: by }));
  }
  return rows;
}

const check = (rows: readonly AuditRow[], kept?: AuditRow) => {
  const checkpoint = checkpointOf(kept);
  const checkpoints = checkpoint === undefined ? [] : [checkpoint];
  return verifyAudit(rows, { keys: keys.auditKeys, checkpoints });
};

/** Chains of at least two rows, and a number to choose a row by. */
const chains = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 8 })
  .map((changes) => chainOf(changes));
const pick = fc.nat(1000);

describe("the audit's chain", () => {
  it("holds as it was written, and every change's last row is signed", async () => {
    const rows = chainOf([1, 3, 2]);
    expect(await check(rows, rows.at(-1))).toMatchObject({
      rows: 6,
      signed: 3,
      checkpoints: 1,
      last: { sequence: 6 },
      problems: [],
    });
    expect(await check([])).toMatchObject({ rows: 0, problems: [] });
  });

  it("shows any edit of any field of any row, and names the row", async () => {
    const edits: Readonly<Record<string, (row: AuditRow) => AuditRow>> = {
      sequence: (row) => ({ ...row, sequence: row.sequence + 100 }),
      time: (row) => ({ ...row, time: "2026-11-21T19:00:00.001Z" }),
      actor: (row) => ({ ...row, actor: "user:bo" }),
      action: (row) => ({ ...row, action: "case.explained" }),
      object: (row) => ({ ...row, object: "case:c99" }),
      details: (row) => ({ ...row, details: row.details.replace("because", "although") }),
      spaces: (row) => ({ ...row, details: row.details.replace(":", ": ") }),
      twice: (row) => ({ ...row, details: row.details.replace("{", '{"bits":9,') }),
      noJson: (row) => ({ ...row, details: "{" }),
      previous: (row) => ({ ...row, previous: "f".repeat(64) }),
      hash: (row) => ({ ...row, hash: "e".repeat(64) }),
    };
    await fc.assert(
      fc.asyncProperty(
        chains,
        pick,
        fc.constantFrom(...Object.keys(edits)),
        async (rows, n, edit) => {
          const at = n % rows.length;
          const changed = rows.with(at, edits[edit]!(rows[at]!));
          const { problems } = await check(changed);
          expect(problems.map(({ sequence }) => sequence)).toContain(changed[at]!.sequence);
        },
      ),
    );
  });

  it("shows any row that is gone, one moved, one repeated and one put in", async () => {
    await fc.assert(
      fc.asyncProperty(chains, pick, pick, async (rows, n, m) => {
        const [i, j] = [n % rows.length, m % rows.length];
        const kept = rows.at(-1);
        const found = async (others: readonly AuditRow[]) =>
          expect((await check(others, kept)).problems).not.toEqual([]);
        await found(rows.toSpliced(i, 1));
        await found(rows.toSpliced(i, Math.max(1, j)));
        await found(rows.toSpliced(i, 0, rows[j]!));
        const [extra] = chainRows([{ actor: "x", action: "x", object: "x" }], {
          last: rows[i],
          time,
          keys: strangers,
        });
        await found(rows.toSpliced(i + 1, 0, extra!));
        if (i !== j) await found(rows.with(i, rows[j]!).with(j, rows[i]!));
      }),
    );
  });

  it("shows an edit by somebody who makes all later hashes fit again, without the key", async () => {
    await fc.assert(
      fc.asyncProperty(chains, pick, async (rows, n) => {
        const from = n % rows.length;
        const forged = rows.slice(0, from);
        for (const row of rows.slice(from)) {
          const previous = forged.at(-1)?.hash ?? row.previous;
          const said = { ...row, previous, actor: "user:nobody" };
          forged.push({ ...said, hash: auditHash(said) });
        }
        expect((await check(forged)).problems).not.toEqual([]);
        const unsigned = forged.map((row, i) => (i < from ? row : { ...row, signature: null }));
        expect((await check(unsigned)).problems).not.toEqual([]);
      }),
    );
  });

  it("doesn't take a stranger's whole chain for ours", async () => {
    const { problems } = await check(chainOf([2, 1], strangers));
    expect(problems.map(({ problem }) => problem)[0]).toContain("which is not known here");
  });

  it("can't see an end that was cut off at a signed row, unless a later checkpoint was kept", async () => {
    const rows = chainOf([1, 2, 1]);
    const cut = rows.slice(0, 3);
    expect((await check(cut)).problems).toEqual([]);
    const problem = "is gone: a checkpoint kept elsewhere says it was there";
    expect((await check(cut, rows.at(-1))).problems).toEqual([{ sequence: 4, problem }]);
    const middle = rows.slice(0, 2);
    expect((await check(middle)).problems).toMatchObject([{ sequence: 2 }]);
  });

  it("shows a chain that was begun anew, by a checkpoint of the old one", async () => {
    const anew = chainOf([1, 1, 1, 1]);
    const { problems } = await check(anew, chainOf([2, 1]).at(-1));
    expect(problems).toEqual([
      { sequence: 3, problem: "is not what a checkpoint kept elsewhere says it was" },
    ]);
  });

  it("says which rows are gone", async () => {
    const rows = chainOf([2, 2, 2]);
    const say = async (left: readonly AuditRow[]) => (await check(left)).problems;
    expect(await say(rows.toSpliced(1, 1))).toEqual([
      { sequence: 3, problem: "doesn't follow row 1: row 2 is gone" },
    ]);
    expect(await say(rows.toSpliced(0, 3))).toEqual([
      { sequence: 4, problem: "doesn't follow row 0: rows 1 to 3 are gone" },
    ]);
  });
});
