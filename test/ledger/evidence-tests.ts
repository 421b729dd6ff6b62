import { sql } from "kysely";
import { expect, it } from "vitest";
import { keepKeyUsers } from "../../src/ledger/account-keys.ts";
import {
  assertNotHeld,
  eraseEvidenceOf,
  forgetClosedCases,
  holdCase,
} from "../../src/ledger/forget-evidence.ts";
import type { PreservedExchange } from "../../src/ledger/gather-evidence.ts";
import { moveCase } from "../../src/ledger/move-case.ts";
import { openCaseFor } from "../../src/ledger/open-cases.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import {
  casesWithoutEvidence,
  preserveEvidence,
  readEvidence,
  revealEvidence,
} from "../../src/ledger/preserve-evidence.ts";
import { readCase } from "../../src/ledger/read-cases.ts";
import { verifyEvidence } from "../../src/ledger/verify-evidence.ts";
import type { LedgerBench } from "./ledger-bench.ts";
import { measured } from "./reviewed.ts";
import { names, sampleGroup } from "./sample-group.ts";

const by = "ana";
const reason = "appeal of a1";

function exchangeOf(account: string, no: number): PreservedExchange {
  const exchange = `ex_${account}_${no}`;
  const time = "2026-04-22T03:14:07.123Z";
  const content = { exchange, account, prompt: `A secret prompt ${no} of ${account}.` };
  return { account, exchange, time, cited: no === 0, content, withText: true };
}

const EXCHANGES = ["a1", "a2"].flatMap((account) => [0, 1].map((no) => exchangeOf(account, no)));

async function caseWithEvidence(ledger: Ledger): Promise<void> {
  await openCaseFor(ledger, sampleGroup(names(2)));
  await preserveEvidence(ledger, 1, EXCHANGES);
}

const reveal = (ledger: Ledger, exchange: string) =>
  revealEvidence(ledger, { number: 1, exchange, by, reason });
const hold = (ledger: Ledger, held: boolean) =>
  holdCase(ledger, { number: 1, held, by: "cleo", reason: "proceedings" });

/** What preserved evidence promises, on any store. */
export function evidenceTests({ place }: LedgerBench): void {
  it("preserves exchanges once, and tells who looked at which and why", async () => {
    const ledger = await (await place()).open();
    await openCaseFor(ledger, sampleGroup(names(2)));
    expect(await casesWithoutEvidence(ledger)).toEqual([{ number: 1, lineage: "g1" }]);
    expect(await preserveEvidence(ledger, 1, EXCHANGES)).toBe(4);
    expect(await preserveEvidence(ledger, 1, EXCHANGES)).toBe(0);
    expect(await casesWithoutEvidence(ledger)).toEqual([]);
    expect(await readEvidence(ledger, 1)).toMatchObject([
      { exchange: "ex_a1_0", account: "a1", cited: true, readable: true },
      { exchange: "ex_a1_1", cited: false },
      { account: "a2" },
      { account: "a2" },
    ]);
    expect(await reveal(ledger, "ex_a1_1")).toEqual(EXCHANGES[1]!.content);
    const { history } = await readCase(ledger, 1);
    expect(history.map(({ action }) => action)).toEqual([
      "case.opened",
      "evidence.preserved",
      "evidence.viewed",
    ]);
    expect(JSON.parse(history[1]!.details)).toMatchObject({ exchanges: 4, cited: 2, with_text: 4 });
    const viewed = { exchange: "ex_a1_1", account: "a1", reason };
    expect(JSON.parse(history[2]!.details)).toEqual(viewed);
    await expect(reveal(ledger, "ex_b")).rejects.toMatchObject({ code: "SW_EVIDENCE_UNKNOWN" });
  });

  it("keeps no plain text anywhere in the store", async () => {
    const ledger = await (await place()).open();
    await caseWithEvidence(ledger);
    const rows = await ledger.read(async (store) => [
      ...(await store.selectFrom("evidence").selectAll().execute()),
      ...(await store.selectFrom("audit").selectAll().execute()),
    ]);
    expect(JSON.stringify(rows)).not.toContain("secret prompt");
    expect(new Set(rows.map((row) => ("sealed" in row ? row.sealed : ""))).size).toBe(5);
  });

  it("shows evidence that was altered, moved to another exchange or removed", async () => {
    const ledger = await (await place()).open();
    await caseWithEvidence(ledger);
    const raw = (text: string) =>
      ledger.change(async ({ tx }) => void (await sql.raw(text).execute(tx)));
    expect(await verifyEvidence(ledger)).toEqual([]);
    await raw(
      "UPDATE evidence SET sealed = (SELECT e.sealed FROM evidence AS e WHERE e.number = 2) WHERE number = 1",
    );
    expect(await verifyEvidence(ledger)).toEqual([
      {
        sequence: 2,
        problem: "vouches for evidence of c1 that was altered (exchange 1 of 4)",
      },
    ]);
    await expect(reveal(ledger, "ex_a1_0")).rejects.toMatchObject({ code: "SW_EVIDENCE_ALTERED" });
    await raw("DELETE FROM evidence WHERE number = 1");
    expect((await verifyEvidence(ledger))[0]!.problem).toContain("was removed");
  });

  it("erases what it preserved of an account, keys first, and no row of the audit", async () => {
    const ledger = await (await place()).open();
    await caseWithEvidence(ledger);
    await measured(ledger, 1, { a1: { organization: "org_1" }, a2: { organization: "org_2" } });
    const used = [{ key: "7", accounts: ["a1", "a2"] }];
    await keepKeyUsers(ledger, used, ["a1"]);
    expect(await eraseEvidenceOf(ledger, ["a1", "unheard-of"])).toBe(2);
    const users = await ledger.read((store) =>
      store.selectFrom("account_keys").select("account").orderBy("account").execute(),
    );
    expect(users).toEqual([{ account: "" }, { account: "a2" }]);
    expect(await eraseEvidenceOf(ledger, ["a1"])).toBe(0);
    await expect(reveal(ledger, "ex_a1_0")).rejects.toMatchObject({ code: "SW_EVIDENCE_UNKNOWN" });
    expect(await reveal(ledger, "ex_a2_0")).toEqual(EXCHANGES[2]!.content);
    const keys = await ledger.read((store) =>
      store.selectFrom("evidence_keys").select("account").execute(),
    );
    expect(keys).toEqual([{ account: "a2" }]);
    expect(await verifyEvidence(ledger)).toEqual([]);
    const { history, members } = await readCase(ledger, 1);
    expect(members.map(({ organization }) => organization)).toEqual([null, "org_2"]);
    expect(history.map(({ action }) => action)).toContain("evidence.preserved");
  });

  it("erases nothing of a held case, however it is asked, until the hold ends", async () => {
    const { open } = await place();
    let now = new Date("2026-11-21");
    const ledger = await open(() => now);
    await caseWithEvidence(ledger);
    await moveCase(ledger, { number: 1, move: { to: "explained", as: "other" }, by, reason });
    await hold(ledger, true);
    const held = { code: "SW_ACCOUNT_HELD" };
    await expect(eraseEvidenceOf(ledger, ["a1"])).rejects.toMatchObject(held);
    await expect(assertNotHeld(ledger, ["x", "a2"])).rejects.toMatchObject(held);
    now = new Date("2029-01-01");
    expect(await forgetClosedCases(ledger)).toEqual([]);
    expect(await reveal(ledger, "ex_a1_0")).toEqual(EXCHANGES[0]!.content);
    await hold(ledger, false);
    expect(await eraseEvidenceOf(ledger, ["a1"])).toBe(2);
    expect(await forgetClosedCases(ledger)).toEqual([1]);
  });

  it("forgets a case two years after it was closed, and keeps its number and its history", async () => {
    const { open } = await place();
    let now = new Date("2026-11-21");
    const ledger = await open(() => now);
    await caseWithEvidence(ledger);
    await moveCase(ledger, { number: 1, move: { to: "explained", as: "other" }, by, reason });
    now = new Date("2028-11-20");
    expect(await forgetClosedCases(ledger)).toEqual([]);
    now = new Date("2028-11-22");
    expect(await forgetClosedCases(ledger)).toEqual([1]);
    expect(await forgetClosedCases(ledger)).toEqual([]);
    const file = await readCase(ledger, 1);
    expect(file).toMatchObject({ group: undefined, members: [], case: { state: "explained" } });
    expect(file.history.at(-1)!.action).toBe("case.forgotten");
    expect(await readEvidence(ledger, 1)).toEqual([]);
    expect(await verifyEvidence(ledger)).toEqual([]);
    expect(await openCaseFor(ledger, sampleGroup(names(2)))).toBe(2);
  });
}
