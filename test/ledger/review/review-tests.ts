import { expect, it } from "vitest";
import { acknowledge, stepAcknowledged } from "../../../src/ledger/acknowledgements.ts";
import { feedHead } from "../../../src/ledger/decision-feed.ts";
import { decide, decisionsInForce, liftDecision } from "../../../src/ledger/decisions.ts";
import { moveCase, reviewCase } from "../../../src/ledger/move-case.ts";
import { openCaseFor, openCases } from "../../../src/ledger/open-cases.ts";
import type { Ledger } from "../../../src/ledger/open-ledger.ts";
import { preserveEvidence } from "../../../src/ledger/preserve-evidence.ts";
import { readCase } from "../../../src/ledger/read-cases.ts";
import { readBrokenGlass } from "../../../src/ledger/review/broken-glass.ts";
import { noteFinding, openAccounts } from "../../../src/ledger/review/open-account.ts";
import {
  approveStep,
  breakGlass,
  proposeStep,
  readProposals,
} from "../../../src/ledger/review/propose-step.ts";
import { readReview } from "../../../src/ledger/review/read-plan.ts";
import {
  approvePolicy,
  DEFAULT_REVIEW_POLICY,
  policyInForce,
  proposePolicy,
  type ReviewPolicy,
} from "../../../src/ledger/review/review-policy.ts";
import { simulateCase } from "../../../src/ledger/review/weigh-step.ts";
import { setUser } from "../../../src/ledger/users.ts";
import type { LedgerBench } from "../ledger-bench.ts";
import { findThem, measured, reviewed } from "../reviewed.ts";
import { names, sampleGroup } from "../sample-group.ts";

const reason = "one crew, many cards";
const step = (changes = {}) => ({
  number: 1,
  step: "limit" as const,
  reasonCode: "coordinated_harvest",
  expires: "1970-01-01T12:00:00.000Z",
  by: "bo",
  reason,
  ...changes,
});

/** A case of these accounts that ana confirmed, its accounts measured. */
async function confirmed(
  ledger: Ledger,
  accounts: readonly string[],
  ...facts: readonly unknown[]
): Promise<void> {
  await openCaseFor(ledger, sampleGroup(accounts));
  const [changes, week] = facts as [Parameters<typeof measured>[2], Parameters<typeof measured>[3]];
  await measured(ledger, 1, changes, week);
  await reviewCase(ledger, { number: 1, by: "ana" });
  await moveCase(ledger, { number: 1, move: { to: "confirmed" }, by: "ana", reason });
}

async function holds(ledger: Ledger, changes: (policy: ReviewPolicy) => unknown): Promise<void> {
  const policy = structuredClone(DEFAULT_REVIEW_POLICY);
  changes(policy);
  const version = await proposePolicy(ledger, { policy, by: "cleo", reason });
  await approvePolicy(ledger, { version, by: "root", reason });
}

const planOf = async (ledger: Ledger) => (await readReview(ledger, 1)).plan;
const approve = (ledger: Ledger, by: string, proposal = 1) =>
  approveStep(ledger, { proposal, by, reason });

/** What the review of accounts and steps promises, on any store. */
export function reviewTests({ place }: LedgerBench): void {
  it("asks for a sample of the accounts that nothing speaks for, and for each of the others", async () => {
    const ledger = await (await place()).open(() => new Date("2026-11-21"));
    const special = {
      a1: { protected: true },
      a2: { since: "2025-11-20T00:00:00.000Z" },
      a3: { organization: "org_1" },
      a4: { since: "2026-11-20T00:00:00.000Z" },
    };
    await confirmed(ledger, [...names(400), "mixed1"], special);
    const plan = await planOf(ledger);
    expect(plan.single.map(({ account, reasons }) => [account, ...reasons])).toEqual([
      ["a1", "protected"],
      ["a2", "long_tenured"],
      ["a3", "declared"],
      ["mixed1", "below_threshold"],
    ]);
    const [part] = plan.parts;
    expect(part).toMatchObject({ name: "operated, 10-99 exchanges", accounts: 397, opened: 0 });
    expect(plan.pending).toHaveLength(part!.toOpen);
    expect(part!.toOpen).toBeLessThan(220);
    expect(plan.bound).toBeUndefined();
    expect(plan.accounts).toEqual([]);
  });

  it("draws the same sample for everybody, by no order that anybody outside could know", async () => {
    const { open } = await place();
    const [one, two] = [await open(), await open()];
    await confirmed(one, names(300));
    const { pending } = await planOf(one);
    expect((await planOf(two)).pending).toEqual(pending);
    expect(pending).not.toEqual([...pending].toSorted());
    const elsewhere = await (await place()).open();
    await confirmed(elsewhere, names(300));
    expect((await planOf(elsewhere)).pending).not.toEqual(pending);
  });

  it("unlocks a step on the group once the sample is complete, without those found legitimate", async () => {
    const ledger = await (await place()).open();
    await confirmed(ledger, names(60));
    await holds(ledger, ({ review }) => Object.assign(review, { wrong_share: 0.2 }));
    const { pending } = await planOf(ledger);
    expect(pending.length).toBeLessThan(25);
    const locked = proposeStep(ledger, step());
    await expect(locked).rejects.toThrow(
      `c1: ${pending.length} of its accounts are still to be opened before this step: ${pending.slice(0, 3).join(", ")} and`,
    );
    await findThem(ledger, 1, pending.slice(1), "positive");
    await findThem(ledger, 1, pending.slice(0, 1), "legitimate");
    const further = await planOf(ledger);
    expect(further.pending.length).toBeGreaterThan(5);
    expect(further.found).toBe(1);
    await findThem(ledger, 1, further.pending, "positive");
    const { bound, accounts } = await planOf(ledger);
    expect(accounts).toHaveLength(59);
    expect(accounts).not.toContain(pending[0]);
    expect(bound!.share).toBeLessThanOrEqual(0.2);
    expect(bound!.unopened).toBe(60 - pending.length - further.pending.length);
    const { weighed } = await proposeStep(ledger, step());
    expect(weighed.accounts).toEqual(accounts);
  });

  it("takes single accounts along only once they were found positive, and has small groups opened whole", async () => {
    const ledger = await (await place()).open();
    await confirmed(ledger, ["a1", "a2", "mixed1"]);
    expect((await planOf(ledger)).pending.toSorted()).toEqual(["a1", "a2"]);
    await findThem(ledger, 1, ["a1", "a2"], "positive");
    expect((await planOf(ledger)).accounts).toEqual(["a1", "a2"]);
    const named = decide(ledger, step({ accounts: ["a1", "mixed1"] }));
    await expect(named).rejects.toMatchObject({
      code: "SW_REVIEW_INCOMPLETE",
      details: { count: 1, which: "mixed1" },
    });
    await findThem(ledger, 1, ["mixed1"], "positive");
    expect(await decide(ledger, step())).toEqual({ decision: 1, accounts: 3 });
    await findThem(ledger, 1, ["a2"], "unclear", "bo");
    const refuted = decide(ledger, step({ accounts: ["a1", "a2"] }));
    await expect(refuted).rejects.toThrow("a2 was found unclear");
  });

  it("looks at every account by itself where nothing is known of them", async () => {
    const ledger = await (await place()).open();
    await openCaseFor(ledger, sampleGroup(names(3)));
    const { single, pending } = await planOf(ledger);
    expect(single.map(({ reasons }) => reasons)).toEqual(names(3).map(() => ["unmeasured"]));
    expect(pending).toEqual([]);
    await findThem(ledger, 1, names(2), "positive");
    expect((await planOf(ledger)).accounts).toEqual(["a1", "a2"]);
    const { second } = await simulateCase(ledger, { number: 1, step: "limit" });
    expect(second).toBe("what it would touch was never measured");
  });

  it("takes a finding only from who has opened the account as it is now", async () => {
    const ledger = await (await place()).open();
    await confirmed(ledger, names(3));
    const note = (by = "ana") =>
      noteFinding(ledger, { number: 1, accounts: ["a1"], finding: "positive", by });
    const unread = { code: "SW_ACCOUNT_UNREAD" };
    await expect(note()).rejects.toMatchObject(unread);
    const [opened] = await openAccounts(ledger, { number: 1, accounts: ["a1"], by: "ana" });
    expect(opened).toMatchObject({ member: { account: "a1", role: "operated" }, findings: [] });
    expect(opened!.evidence.length).toBeGreaterThan(0);
    await expect(note("bo")).rejects.toMatchObject(unread);
    await note();
    expect((await readReview(ledger, 1)).findings).toEqual(new Map([["a1", "positive"]]));
    const time = "2026-04-22T00:00:00.000Z";
    const one = {
      account: "a1",
      exchange: "ex_1",
      time,
      cited: true,
      content: {},
      withText: false,
    };
    await preserveEvidence(ledger, 1, [one]);
    expect((await readReview(ledger, 1)).findings).toEqual(new Map());
    await expect(note()).rejects.toMatchObject(unread);
    const [again] = await openAccounts(ledger, { number: 1, accounts: ["a1"], by: "ana" });
    expect(again!.preserved).toMatchObject([{ exchange: "ex_1" }]);
    expect(again!.findings).toMatchObject([{ reviewer: "ana", current: false }]);
    const many = openAccounts(ledger, { number: 1, accounts: names(11), by: "ana" });
    await expect(many).rejects.toThrow("11 accounts can't be looked at at once");
    const stranger = openAccounts(ledger, { number: 1, accounts: ["zz"], by: "ana" });
    await expect(stranger).rejects.toMatchObject({ code: "SW_NAME_UNKNOWN" });
    const nobody = openAccounts(ledger, { number: 1, accounts: [], by: "ana" });
    await expect(nobody).rejects.toThrow("name 1 to 1000 accounts");
  });

  it("keeps the finding in an account's favour where people differ", async () => {
    const ledger = await (await place()).open();
    await confirmed(ledger, names(3));
    await findThem(ledger, 1, ["a1"], "legitimate", "bo");
    await findThem(ledger, 1, ["a1"], "positive", "ana");
    expect((await readReview(ledger, 1)).findings.get("a1")).toBe("legitimate");
    await findThem(ledger, 1, ["a1"], "positive", "bo");
    expect((await readReview(ledger, 1)).findings.get("a1")).toBe("positive");
  });

  it("has steps that hurt approved by a second person who neither proposed them nor confirmed the case", async () => {
    const ledger = await (await place()).open();
    await confirmed(ledger, names(3));
    await reviewed(ledger, 1);
    const deny = step({ step: "deny" });
    await expect(decide(ledger, deny)).rejects.toMatchObject({ code: "SW_STEP_SECOND" });
    const { proposal, weighed } = await proposeStep(ledger, deny);
    expect(weighed.second).toBe("deny always does");
    expect(await decisionsInForce(ledger)).toEqual([]);
    await expect(approve(ledger, "bo")).rejects.toThrow("the same person proposed it");
    await expect(approve(ledger, "ana")).rejects.toThrow("the same person confirmed the case");
    expect(await approve(ledger, "cyd", proposal)).toMatchObject({ decision: 1, accounts: 3 });
    expect(await decisionsInForce(ledger)).toHaveLength(3);
    await expect(approve(ledger, "dee")).rejects.toThrow("it was approved already");
    await expect(approve(ledger, "dee", 9)).rejects.toMatchObject({ code: "SW_PROPOSAL_UNKNOWN" });
    const { history } = await readCase(ledger, 1);
    expect(history.slice(-3).map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      "user:bo step.proposed",
      "user:bo case.acted",
      "user:cyd step.approved",
    ]);
  });

  it("approves only in time, by who may, and only what is still allowed", async () => {
    let now = new Date(0);
    const ledger = await (await place()).open(() => now);
    await confirmed(ledger, names(4));
    await reviewed(ledger, 1);
    const deny = step({ step: "deny", expires: "1970-03-01" });
    await proposeStep(ledger, deny);
    now = new Date(86_400_000);
    await expect(approve(ledger, "cyd")).rejects.toThrow("it has to be proposed anew");
    await proposeStep(ledger, deny);
    await findThem(ledger, 1, ["a2"], "legitimate", "dee");
    await openCases(ledger, [sampleGroup(["a1", "a2", "a3"])]);
    expect(await approve(ledger, "cyd", 2)).toMatchObject({ accounts: 2 });
    expect((await decisionsInForce(ledger)).map(({ account }) => account)).toEqual(["a1", "a3"]);
    await proposeStep(ledger, deny);
    await setUser(ledger, { name: "root", role: "admin", by: "root" });
    await setUser(ledger, { name: "vi", role: "viewer", by: "root" });
    await expect(approve(ledger, "root", 3)).rejects.toThrow("bo is no user");
    await expect(approve(ledger, "vi", 2)).rejects.toMatchObject({ code: "SW_USER_REFUSED" });
  });

  it("says what a step would touch, and refuses one that reaches too far", async () => {
    const ledger = await (await place()).open();
    const facts = { a1: { protected: true, agreement: "agr_1" }, a2: { weekExchanges: 0 } };
    await confirmed(ledger, names(4), facts, { accounts: 40, exchanges: 1000, billed: 70 });
    await reviewed(ledger, 1);
    const { simulation, over } = await simulateCase(ledger, { number: 1, step: "limit" });
    expect(simulation).toEqual({
      accounts: 4,
      protected_accounts: 1,
      exchanges_a_day: 30,
      tokens_a_day: 4000,
      billed_a_day: 4,
      accounts_share: 0.075,
      exchanges_share: 0.21,
      billed_share: 0.4,
      agreements: ["agr_1"],
      week_until: "2026-11-20T00:00:00.000Z",
    });
    expect(over).toEqual(["40 % of what was billed in the week (limit 10 %)"]);
    await expect(decide(ledger, step())).rejects.toMatchObject({ code: "SW_STEP_RADIUS" });
    await expect(proposeStep(ledger, step())).rejects.toMatchObject({ code: "SW_STEP_RADIUS" });
    expect(await decide(ledger, step({ accounts: ["a1"] }))).toMatchObject({ accounts: 1 });
    await holds(ledger, ({ limits }) => Object.assign(limits, { protected_accounts: 0 }));
    const kept = decide(ledger, step({ accounts: ["a1"] }));
    await expect(kept).rejects.toThrow("1 protected accounts (limit 0)");
    expect(await decide(ledger, step({ step: "allow" }))).toMatchObject({ accounts: 4 });
  });

  it("adds up what steps of a case hold for, so that a large one can't be taken in small pieces", async () => {
    const ledger = await (await place()).open();
    await confirmed(ledger, names(5), {}, { exchanges: 1400 });
    await reviewed(ledger, 1);
    await holds(ledger, ({ second_person, limits }) => {
      Object.assign(second_person, { accounts_over: 2 });
      Object.assign(limits, { exchanges_share: 0.2 });
    });
    await decide(ledger, step({ accounts: ["a1", "a2"] }));
    await decide(ledger, step({ step: "verify", accounts: ["a2"] }));
    const third = decide(ledger, step({ accounts: ["a3"] }));
    await expect(third).rejects.toThrow("steps of the case would hold for 3 accounts");
    await proposeStep(ledger, step({ accounts: ["a3", "a4"] }));
    const fifth = proposeStep(ledger, step({ accounts: ["a3", "a4", "a5"] }));
    await expect(fifth).rejects.toThrow("25 % of the week's exchanges (limit 20 %)");
    await liftDecision(ledger, { decision: 1, by: "bo", reason });
    expect(await decide(ledger, step({ accounts: ["a3"] }))).toMatchObject({ accounts: 1 });
  });

  it("lets one person break glass, for a day, without single accounts, and until somebody else has looked only once", async () => {
    const ledger = await (await place()).open();
    const accounts = [...names(50), "mixed1"];
    await confirmed(ledger, accounts, {}, { exchanges: 3500 });
    await findThem(ledger, 1, ["a9"], "legitimate");
    const long = breakGlass(ledger, step({ step: "deny", expires: "1970-01-02T00:00:01.000Z" }));
    await expect(long).rejects.toThrow("breaking glass lasts 24 hours at most");
    const named = breakGlass(ledger, step({ accounts: ["a1", "mixed1"] }));
    await expect(named).rejects.toMatchObject({ code: "SW_REVIEW_INCOMPLETE" });
    const { decision, weighed } = await breakGlass(ledger, step({ step: "deny" }));
    expect(weighed.over).toEqual(["98 % of the week's exchanges (limit 25 %)"]);
    const held = (await decisionsInForce(ledger)).map(({ account }) => account);
    expect(held).toHaveLength(49);
    expect(held).not.toContain("a9");
    expect(held).not.toContain("mixed1");
    await expect(breakGlass(ledger, step())).rejects.toThrow("nobody else has looked at p1 yet");
    await expect(approve(ledger, "bo")).rejects.toMatchObject({ code: "SW_APPROVAL_REFUSED" });
    expect(await approve(ledger, "cyd")).toMatchObject({ decision });
    await breakGlass(ledger, step());
    const [again, first] = await readProposals(ledger, 1);
    expect(first).toMatchObject({ approved_by: "cyd", broke_glass: 1, decision: 1 });
    expect(again).toMatchObject({ approved: null, decision: 2 });
    const actions = (await readCase(ledger, 1)).history.map(({ action }) => action);
    expect(actions).toContain("glass.broken");
    expect(actions).toContain("glass.reviewed");
    const upTo = await feedHead(ledger);
    const all = await readBrokenGlass(ledger, { after: 0, upTo });
    expect(all).toMatchObject([
      { proposal: 1, by: "bo", case: "c1", lineage: "g1", over: weighed.over, step: "deny" },
      { proposal: 2 },
    ]);
    const unseen = { after: null, upTo };
    expect(await readBrokenGlass(ledger, unseen)).toEqual(all.slice(1));
    expect(await readBrokenGlass(ledger, { after: upTo, upTo })).toEqual([]);
  });

  it("changes its rules by two people, and keeps every version", async () => {
    const ledger = await (await place()).open();
    expect(await ledger.read(policyInForce)).toEqual({ version: 0, policy: DEFAULT_REVIEW_POLICY });
    const policy = structuredClone(DEFAULT_REVIEW_POLICY);
    policy.second_person.accounts_over = 3;
    expect(await proposePolicy(ledger, { policy, by: "cleo", reason })).toBe(1);
    expect(await ledger.read(policyInForce)).toMatchObject({ version: 0 });
    const byCleo = approvePolicy(ledger, { version: 1, by: "cleo", reason });
    await expect(byCleo).rejects.toMatchObject({ code: "SW_APPROVAL_REFUSED" });
    await approvePolicy(ledger, { version: 1, by: "root", reason });
    expect(await ledger.read(policyInForce)).toEqual({ version: 1, policy });
    const twice = approvePolicy(ledger, { version: 1, by: "dee", reason });
    await expect(twice).rejects.toThrow("was approved already");
    const none = approvePolicy(ledger, { version: 5, by: "dee", reason });
    await expect(none).rejects.toMatchObject({ code: "SW_PROPOSAL_UNKNOWN" });
    await setUser(ledger, { name: "root", role: "admin", by: "root" });
    await setUser(ledger, { name: "bo", role: "responder", by: "root" });
    const byBo = proposePolicy(ledger, { policy, by: "bo", reason });
    await expect(byBo).rejects.toMatchObject({ code: "SW_USER_REFUSED" });
  });

  it("says how many gateways know that a step was taken back, and how long that took", async () => {
    let now = new Date("2026-11-21T10:00:00.000Z");
    const ledger = await (await place()).open(() => now);
    await confirmed(ledger, names(2));
    await reviewed(ledger, 1);
    await decide(ledger, step({ expires: "2026-12-01" }));
    const head = async () => (await readCase(ledger, 1)).history.at(-1)!.sequence;
    const said = async () => stepAcknowledged(ledger, (await readCase(ledger, 1)).decisions);
    expect(await said()).toEqual({ gateways: 0, acknowledged: 0, seconds: null, missing: [] });
    for (const gateway of ["edge-1", "edge-2", "gone"])
      await acknowledge(ledger, { gateway, sequence: 1_000_000_000 });
    expect(await said()).toMatchObject({ gateways: 3, acknowledged: 3, seconds: 0 });
    const taken = await head();
    now = new Date("2026-11-21T10:20:00.000Z");
    for (const gateway of ["edge-1", "edge-2"])
      await acknowledge(ledger, { gateway, sequence: taken });
    await liftDecision(ledger, { decision: 1, by: "bo", reason });
    now = new Date("2026-11-21T10:20:00.800Z");
    await acknowledge(ledger, { gateway: "edge-2", sequence: await head() });
    const one = { gateways: 2, acknowledged: 1, seconds: 0.8, missing: ["edge-1"] };
    expect(await said()).toEqual(one);
    now = new Date("2026-11-21T10:20:03.000Z");
    await acknowledge(ledger, { gateway: "edge-1", sequence: await head() });
    await acknowledge(ledger, { gateway: "edge-2", sequence: await head() });
    expect(await said()).toEqual({ gateways: 2, acknowledged: 2, seconds: 3, missing: [] });
    expect(await head()).toBe(taken + 1);
    now = new Date("2026-11-29");
    expect(await said()).toBeUndefined();
  });
}
