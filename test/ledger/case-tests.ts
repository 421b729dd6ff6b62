import { expect, it } from "vitest";
import { readAudit } from "../../src/ledger/audit-file.ts";
import { decide, decisionsInForce, liftDecision } from "../../src/ledger/decisions.ts";
import { type Move, moveCase, reviewCase } from "../../src/ledger/move-case.ts";
import { openCaseFor, openCases } from "../../src/ledger/open-cases.ts";
import { openAccounts } from "../../src/ledger/review/open-account.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { readCase, readCases } from "../../src/ledger/read-cases.ts";
import { disableUser, readUsers, setUser } from "../../src/ledger/users.ts";
import { verifyAudit } from "../../src/ledger/verify-audit.ts";
import type { LedgerBench } from "./ledger-bench.ts";
import { findThem, reviewed } from "./reviewed.ts";
import { names, sampleGroup } from "./sample-group.ts";

const LATER = "2027-01-01T00:00:00.000Z";
const by = "ana";
const reason = "one crew, many cards";

const move = (ledger: Ledger, number: number, wanted: Move) =>
  moveCase(ledger, { number, move: wanted, by, reason });
const look = (ledger: Ledger, number: number) => reviewCase(ledger, { number, by });
const stateOf = async (ledger: Ledger, number: number) => (await readCase(ledger, number)).case;
const step = (number: number, changes = {}) => {
  const wanted = {
    number,
    step: "limit",
    reasonCode: "coordinated_harvest",
    expires: LATER,
  } as const;
  return { ...wanted, by, reason, ...changes };
};

/** What cases promise, on any store. */
export function caseTests({ place }: LedgerBench): void {
  it("opens one case a flagged group, once, and none of others", async () => {
    const ledger = await (await place()).open();
    const group = sampleGroup(names(3));
    const others = (["watch", "bulk", "explained", "undetermined"] as const).map((assessment) =>
      sampleGroup(names(3), { assessment, lineage: assessment }),
    );
    expect(await openCaseFor(ledger, group)).toBe(1);
    expect(await openCases(ledger, [group, ...others])).toEqual({
      opened: [],
      updated: [],
      reopened: [],
    });
    const relay = sampleGroup(names(2, "b"), { assessment: "relay", lineage: "g2" });
    expect(await openCaseFor(ledger, relay)).toBe(2);
    const found = await readCases(ledger);
    expect(
      found.map(({ number, state, accounts, bits }) => [number, state, accounts, bits]),
    ).toEqual([
      [2, "suspected", 2, 40],
      [1, "suspected", 3, 40],
    ]);
    expect(await readCases(ledger, ["confirmed"])).toEqual([]);
  });

  it("follows a group through its later states, with who came and who left", async () => {
    const ledger = await (await place()).open();
    await openCaseFor(ledger, sampleGroup(["a1", "a2", "a3"]));
    const later = sampleGroup(["a2", "a3", "a4"], { harvest_bits: 33 });
    expect((await openCases(ledger, [later])).updated).toEqual([1]);
    const file = await readCase(ledger, 1);
    expect(file.case).toMatchObject({ bits: 33, accounts: 3 });
    expect(file.group).toEqual(JSON.parse(JSON.stringify(later)));
    const left = file.members.filter(({ left_at }) => left_at !== null);
    expect(left.map(({ account }) => account)).toEqual(["a1"]);
    expect(file.members).toHaveLength(4);
    expect(file.history.map(({ action }) => action)).toEqual(["case.opened", "case.updated"]);
  });

  it("knows a group again by its accounts where lineages were numbered anew", async () => {
    const ledger = await (await place()).open();
    const [one, two] = [sampleGroup(names(10)), sampleGroup(names(10, "b"), { lineage: "g2" })];
    await openCases(ledger, [one, two]);
    const anew = [
      { ...two, lineage: "g1" },
      { ...one, lineage: "g7" },
      sampleGroup(names(10, "c"), { lineage: "g2" }),
    ];
    const { opened, updated } = await openCases(ledger, anew);
    expect(updated.toSorted((a, b) => a - b)).toEqual([1, 2]);
    expect(opened.map(({ number, group }) => [number, group.accounts[0]])).toEqual([[3, "c1"]]);
    expect((await readCase(ledger, 1)).case.lineage).toBe("g7");
    expect(await openCases(ledger, anew)).toEqual({ opened: [], updated: [], reopened: [] });
  });

  it("takes groups of more accounts than one statement can hold", async () => {
    const ledger = await (await place()).open();
    await openCaseFor(ledger, sampleGroup(names(2500)));
    await openCaseFor(ledger, sampleGroup(names(1200)));
    const { members } = await readCase(ledger, 1);
    expect(members.filter(({ left_at }) => left_at === null)).toHaveLength(1200);
  });

  it("lets nobody confirm what they haven't opened as it is now", async () => {
    const ledger = await (await place()).open();
    await openCaseFor(ledger, sampleGroup(names(3)));
    const unread = { code: "SW_CASE_UNREAD" };
    await expect(move(ledger, 1, { to: "confirmed" })).rejects.toMatchObject(unread);
    await reviewCase(ledger, { number: 1, by: "bo" });
    await expect(move(ledger, 1, { to: "confirmed" })).rejects.toMatchObject(unread);
    await look(ledger, 1);
    await openCases(ledger, [sampleGroup(names(4))]);
    await expect(move(ledger, 1, { to: "confirmed" })).rejects.toMatchObject(unread);
    await openAccounts(ledger, { number: 1, accounts: ["a4"], by });
    await expect(move(ledger, 1, { to: "confirmed" })).rejects.toMatchObject(unread);
    await look(ledger, 1);
    expect(await move(ledger, 1, { to: "confirmed" })).toBe("confirmed");
  });

  it("acts on a confirmed case alone, and on its operated accounts unless others are named", async () => {
    const ledger = await (await place()).open();
    await openCaseFor(ledger, sampleGroup(["a1", "a2", "mixed1"]));
    await reviewed(ledger, 1, ["a1", "a2"]);
    const tooEarly = decide(ledger, step(1));
    await expect(tooEarly).rejects.toMatchObject({ code: "SW_CASE_STATE" });
    await look(ledger, 1);
    await move(ledger, 1, { to: "confirmed" });
    for (const bad of [
      { accounts: ["zz"] },
      { expires: "1969-01-01" },
      { expires: "soon" },
      { reasonCode: "Because!" },
    ])
      await expect(decide(ledger, step(1, bad))).rejects.toMatchObject({ code: "SW_STEP_INVALID" });
    expect(await decide(ledger, step(1))).toEqual({ decision: 1, accounts: 2 });
    expect(await stateOf(ledger, 1)).toMatchObject({ state: "acted" });
    await reviewed(ledger, 1, ["mixed1"]);
    await decide(ledger, step(1, { step: "verify", accounts: ["mixed1"] }));
    expect((await decisionsInForce(ledger)).map((row) => [row.account, row.step])).toEqual([
      ["a1", "limit"],
      ["a2", "limit"],
      ["mixed1", "verify"],
    ]);
    expect(await liftDecision(ledger, { decision: 1, accounts: ["a2"], by, reason })).toBe(1);
    expect(await decisionsInForce(ledger)).toHaveLength(2);
    const again = liftDecision(ledger, { decision: 1, accounts: ["a2"], by, reason });
    await expect(again).rejects.toMatchObject({ code: "SW_STEP_INVALID" });
  });

  it("lets a step run out", async () => {
    const { open } = await place();
    let now = new Date("2026-12-01");
    const ledger = await open(() => now);
    await openCaseFor(ledger, sampleGroup(names(2)));
    await reviewed(ledger, 1);
    await look(ledger, 1);
    await move(ledger, 1, { to: "confirmed" });
    await decide(ledger, step(1));
    expect(await decisionsInForce(ledger)).toHaveLength(2);
    now = new Date(LATER);
    expect(await decisionsInForce(ledger)).toEqual([]);
  });

  it("undoes every step where a case is overturned, and labels its accounts by how it ended", async () => {
    const ledger = await (await place()).open();
    const labels = () =>
      ledger.read(async (store) => {
        const rows = await store.selectFrom("labels").selectAll().orderBy("account").execute();
        return rows.map(({ account, label }) => [account, label]);
      });
    await openCaseFor(ledger, sampleGroup(["a1", "mixed1"]));
    await reviewed(ledger, 1);
    await look(ledger, 1);
    await move(ledger, 1, { to: "confirmed" });
    await decide(ledger, step(1, { accounts: ["a1", "mixed1"] }));
    await move(ledger, 1, { to: "overturned" });
    expect(await decisionsInForce(ledger)).toEqual([]);
    expect(await labels()).toEqual([
      ["a1", "legitimate"],
      ["mixed1", "legitimate"],
    ]);
    await move(ledger, 1, { to: "suspected" });
    expect(await labels()).toEqual([]);
    await move(ledger, 1, { to: "confirmed" });
    await findThem(ledger, 1, ["mixed1"], "legitimate");
    await decide(ledger, step(1));
    await move(ledger, 1, { to: "upheld" });
    expect(await labels()).toEqual([["a1", "positive"]]);
    expect(await decisionsInForce(ledger)).toHaveLength(1);
    expect((await stateOf(ledger, 1)).closed).not.toBeNull();
  });

  it("keeps an explained case closed until the evidence exceeds what was foreseen", async () => {
    const ledger = await (await place()).open();
    await openCaseFor(ledger, sampleGroup(names(3)));
    await move(ledger, 1, { to: "explained", as: "teaching", reopenBits: 55 });
    expect(await stateOf(ledger, 1)).toMatchObject({
      state: "explained",
      explained_as: "teaching",
    });
    const bits = (coordination_bits: number) =>
      openCases(ledger, [sampleGroup(names(3), { coordination_bits, harvest_bits: 90 })]);
    expect((await bits(54)).reopened).toEqual([]);
    expect((await bits(55)).reopened).toEqual([1]);
    expect(await stateOf(ledger, 1)).toMatchObject({ state: "suspected", closed: null });
    await move(ledger, 1, { to: "explained", as: "other" });
    expect((await stateOf(ledger, 1)).reopen_bits).toBe(65);
  });

  it("refuses every move that the states don't know", async () => {
    const ledger = await (await place()).open();
    await openCaseFor(ledger, sampleGroup(names(3)));
    await reviewed(ledger, 1);
    await look(ledger, 1);
    const refused = async (...moves: readonly Move["to"][]) => {
      for (const to of moves) {
        const wanted = (to === "explained" ? { to, as: "other" } : { to }) as Move;
        await expect(move(ledger, 1, wanted), to).rejects.toMatchObject({ code: "SW_CASE_STATE" });
      }
    };
    await refused("upheld", "overturned", "suspected");
    await move(ledger, 1, { to: "confirmed" });
    await refused("confirmed", "upheld", "overturned");
    await decide(ledger, step(1));
    await refused("confirmed", "explained", "suspected");
    await move(ledger, 1, { to: "upheld" });
    await refused("confirmed", "explained", "upheld", "overturned");
    await expect(move(ledger, 9, { to: "confirmed" })).rejects.toMatchObject({
      code: "SW_CASE_UNKNOWN",
    });
  });

  it("asks who somebody is as soon as there are users", async () => {
    const ledger = await (await place()).open();
    const refused = { code: "SW_USER_REFUSED" };
    await openCaseFor(ledger, sampleGroup(names(3)));
    const first = setUser(ledger, { name: "vi", role: "viewer", by: "root" });
    await expect(first).rejects.toMatchObject(refused);
    await setUser(ledger, { name: "root", role: "admin", by: "root" });
    await setUser(ledger, { name: "vi", role: "viewer", by: "root" });
    await expect(look(ledger, 1)).rejects.toMatchObject(refused);
    await reviewCase(ledger, { number: 1, by: "vi" });
    const explained: Move = { to: "explained", as: "other" };
    const byVi = moveCase(ledger, { number: 1, move: explained, by: "vi", reason });
    await expect(byVi).rejects.toThrow("vi is viewer, and this takes reviewer or admin.");
    await setUser(ledger, { name: "vi", role: "reviewer", by: "root" });
    await disableUser(ledger, { name: "vi", by: "root" });
    await expect(reviewCase(ledger, { number: 1, by: "vi" })).rejects.toMatchObject(refused);
    await expect(disableUser(ledger, { name: "root", by: "root" })).rejects.toMatchObject(refused);
    const bad = setUser(ledger, { name: "a\nb", role: "viewer", by: "root" });
    await expect(bad).rejects.toMatchObject(refused);
    expect((await readUsers(ledger)).map(({ name, role }) => [name, role])).toEqual([
      ["root", "admin"],
      ["vi", "reviewer"],
    ]);
  });

  it("records each of these steps, with who and why, in a chain that holds", async () => {
    const ledger = await (await place()).open();
    await openCaseFor(ledger, sampleGroup(names(2)));
    await reviewed(ledger, 1);
    await look(ledger, 1);
    await move(ledger, 1, { to: "confirmed" });
    await decide(ledger, step(1));
    await move(ledger, 1, { to: "overturned" });
    const { history } = await readCase(ledger, 1);
    expect(history.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      "system:judge case.opened",
      "system:ledger case.measured",
      "user:ana account.opened",
      "user:ana account.opened",
      "user:ana account.found",
      "user:ana account.found",
      "user:ana case.reviewed",
      "user:ana case.confirmed",
      "user:ana case.acted",
      "user:ana case.overturned",
    ]);
    expect(JSON.parse(history.at(-1)!.details)).toMatchObject({ reason, from: "acted", lifted: 2 });
    const { problems } = await verifyAudit(readAudit(ledger), { keys: ledger.keys.auditKeys });
    expect(problems).toEqual([]);
  });
}
