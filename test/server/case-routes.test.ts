import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openCaseFor } from "../../src/ledger/open-cases.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { preserveEvidence } from "../../src/ledger/preserve-evidence.ts";
import { USER_ROLES } from "../../src/ledger/tables.ts";
import { setUser } from "../../src/ledger/users.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";
import { measured } from "../ledger/reviewed.ts";
import { names, sampleGroup } from "../ledger/sample-group.ts";
import { openPeopleBench, type PeopleBench } from "./people-bench.ts";

const NOW = "2026-05-01T12:00:00.000Z";
const places = ledgerBench();
let ledger: Ledger;
let bench: PeopleBench;
let clock = 0;

/** A user of each role, called by it; case c1 with evidence, case c2 without. */
beforeEach(async () => {
  ledger = await (await places.place()).open(() => new Date(NOW));
  await setUser(ledger, { name: "admin", role: "admin", by: "admin" });
  for (const role of USER_ROLES) await setUser(ledger, { name: role, role, by: "admin" });
  await openCaseFor(ledger, sampleGroup(names(2)));
  await openCaseFor(ledger, sampleGroup(names(3, "b"), { lineage: "g2" }));
  const content = { prompt: "A secret prompt." };
  const kept = { account: "a1", time: NOW, cited: true, content, withText: true };
  await preserveEvidence(ledger, 1, [
    { ...kept, exchange: "ex/1" },
    { ...kept, exchange: "ex_2" },
  ]);
  bench = await openPeopleBench(ledger, () => clock);
});
afterEach(() => bench.close());

const reason = "one crew, many cards";
const ask: PeopleBench["ask"] = (...call) => bench.ask(...call);
const historyOf = async (id: string): Promise<readonly unknown[]> => {
  const { body } = await ask("admin", `GET /v1/cases/${id}`);
  const history = body["history"] as readonly { actor: string; action: string }[];
  return history.map(({ actor, action }) => `${actor} ${action}`);
};

describe("cases over HTTP", () => {
  it("are listed, by state", async () => {
    const all = await ask("viewer", "GET /v1/cases");
    expect(all.body["cases"]).toMatchObject([{ number: 2 }, { number: 1, accounts: 2 }]);
    const none = await ask("viewer", "GET /v1/cases?state=confirmed");
    expect(none.body).toEqual({ cases: [] });
    expect((await ask("viewer", "GET /v1/cases?state=closed")).status).toBe(422);
  });

  it("are confirmed by a reviewer who opened them, and by nobody else", async () => {
    const confirm = (user: string) =>
      ask(user, "POST /v1/cases/c1/moves", { to: "confirmed", reason });
    expect(await confirm("reviewer")).toMatchObject({
      status: 409,
      body: { code: "SW_CASE_UNREAD" },
    });
    expect((await confirm("analyst")).status).toBe(403);
    const read = await ask("reviewer", "GET /v1/cases/c1");
    expect(read.body).toMatchObject({
      case: { number: 1, state: "suspected" },
      group: { lineage: "g1" },
      reviews: [{ reviewer: "reviewer" }],
    });
    expect((await confirm("admin")).body).toMatchObject({ code: "SW_CASE_UNREAD" });
    expect((await confirm("reviewer")).body).toEqual({ state: "confirmed" });
    const without = { to: "explained", as: "teaching" };
    expect(await ask("reviewer", "POST /v1/cases/c1/moves", without)).toMatchObject({
      status: 422,
      body: { code: "SW_ASKED_INVALID", detail: expect.stringContaining("body.reason") },
    });
    const explain = { to: "explained", as: "teaching", reopen_bits: 99, reason };
    expect((await ask("reviewer", "POST /v1/cases/c1/moves", explain)).status).toBe(200);
    const now = await ask("viewer", "GET /v1/cases/c1");
    expect(now.body["case"]).toMatchObject({ state: "explained", reopen_bits: 99 });
  });

  it("are reviewed account by account, and acted on by two people where it hurts", async () => {
    await measured(ledger, 1);
    await setUser(ledger, { name: "rex", role: "reviewer", by: "admin" });
    const expires = "2026-05-08T12:00:00.000Z";
    const step = { step: "deny", expires, reason };
    const act = (user: string, how: string) => ask(user, `POST /v1/cases/c1/${how}`, step);
    await ask("reviewer", "GET /v1/cases/c1");
    await ask("reviewer", "POST /v1/cases/c1/moves", { to: "confirmed", reason });
    expect((await act("responder", "steps")).body).toMatchObject({ code: "SW_REVIEW_INCOMPLETE" });
    const found = { accounts: ["a1", "a2"], finding: "positive" };
    const find = () => ask("analyst", "POST /v1/cases/c1/findings", found);
    expect((await find()).body).toMatchObject({ code: "SW_ACCOUNT_UNREAD" });
    const opened = await ask("analyst", "POST /v1/cases/c1/openings", { accounts: ["a1", "a2"] });
    expect(opened.body["accounts"]).toMatchObject([{ member: { account: "a1" } }, {}]);
    expect((await find()).status).toBe(200);
    const many = { accounts: names(11) };
    expect((await ask("analyst", "POST /v1/cases/c1/openings", many)).status).toBe(422);
    const review = await ask("viewer", "GET /v1/cases/c1/review");
    expect(review.body["plan"]).toMatchObject({ pending: [], accounts: ["a1", "a2"] });
    const simulated = await ask("viewer", "POST /v1/cases/c1/simulation", { step: "deny" });
    expect(simulated.body).toMatchObject({ accounts: ["a1", "a2"], over: [] });
    expect((await act("responder", "steps")).body).toMatchObject({ code: "SW_STEP_SECOND" });
    expect((await act("reviewer", "proposals")).status).toBe(403);
    expect((await act("responder", "proposals")).body).toMatchObject({ proposal: "p1" });
    const approve = (user: string) => ask(user, "POST /v1/proposals/p1/approval", { reason });
    expect((await approve("responder")).body).toMatchObject({ code: "SW_APPROVAL_REFUSED" });
    expect((await approve("reviewer")).body).toMatchObject({ code: "SW_APPROVAL_REFUSED" });
    expect((await approve("rex")).body).toEqual({ decision: "d1", accounts: 2 });
    const lift = (body: object) => ask("responder", "POST /v1/steps/d1/lift", body);
    expect((await lift({ accounts: ["a1"], reason })).body).toEqual({ accounts: 1 });
    expect((await lift({ reason })).body).toEqual({ accounts: 1 });
    expect((await lift({ reason })).status).toBe(422);
    const now = await ask("viewer", "GET /v1/steps/d1");
    const none = { gateways: 0, acknowledged: 0, seconds: null, missing: [] };
    expect(now.body).toMatchObject({ case: "c1", accounts: 2, lifted: 2, acknowledged: none });
    expect((await ask("viewer", "GET /v1/steps/d9")).body).toMatchObject({
      code: "SW_STEP_UNKNOWN",
    });
    const soon = { step: "limit", expires: "2026-05-01T14:00:00.000Z", reason };
    const alone = await ask("responder", "POST /v1/cases/c1/emergency", soon);
    expect(alone.body).toMatchObject({ proposal: "p2", decision: "d2" });
    const file = await ask("viewer", "GET /v1/cases/c1");
    expect(file.body).toMatchObject({ proposals: [{ number: 1 }, { number: 2 }] });
  });

  it("are reviewed by rules that one of counsel proposes and another approves", async () => {
    expect((await ask("admin", "PUT /v1/users/cleo", { role: "counsel" })).status).toBe(403);
    expect((await ask("admin", "PUT /v1/counsels/cleo")).status).toBe(403);
    expect((await ask("counsel", "PUT /v1/counsels/cleo")).status).toBe(200);
    const policy = {};
    const proposed = await ask("counsel", "POST /v1/review-policies", { policy, reason });
    expect(proposed.body).toEqual({ version: 1 });
    const approve = (user: string) => ask(user, "POST /v1/review-policies/1/approval", { reason });
    expect((await approve("counsel")).body).toMatchObject({ code: "SW_APPROVAL_REFUSED" });
    expect((await approve("cleo")).status).toBe(200);
    const { body } = await ask("viewer", "GET /v1/review-policies");
    expect(body["policies"]).toMatchObject([{ version: 1, approved_by: "cleo" }]);
  });

  it("are commented on and held, and say who did it", async () => {
    const text = "The billing team knows them.";
    expect((await ask("counsel", "POST /v1/cases/c1/comments", { text })).status).toBe(200);
    expect((await ask("viewer", "POST /v1/cases/c1/comments", { text })).status).toBe(403);
    const hold = { held: true, reason: "proceedings 12/26" };
    expect((await ask("reviewer", "PUT /v1/cases/c1/hold", hold)).status).toBe(403);
    expect((await ask("counsel", "PUT /v1/cases/c1/hold", hold)).status).toBe(200);
    expect(await historyOf("c1")).toEqual([
      "system:judge case.opened",
      "system:ledger evidence.preserved",
      "user:counsel case.comment",
      "user:counsel case.held",
      "user:admin case.reviewed",
    ]);
    for (const id of ["c9", "9x", "c0", "%2e%2e"])
      expect((await ask("counsel", `PUT /v1/cases/${id}/hold`, hold)).status).toBe(404);
  });

  it("show one preserved exchange to who says why and until when, and it is in the audit", async () => {
    const listed = await ask("viewer", "GET /v1/cases/c1/evidence");
    expect(listed.body["evidence"]).toMatchObject([{ exchange: "ex/1", readable: true }, {}]);
    expect(JSON.stringify(listed.body)).not.toContain("secret");
    expect((await ask("viewer", "GET /v1/cases/c9/evidence")).status).toBe(404);
    const call = "POST /v1/cases/c1/evidence/ex%2F1/reveal";
    const expires = "2026-05-01T13:00:00.000Z";
    expect((await ask("responder", call, { reason, expires })).status).toBe(403);
    expect((await ask("counsel", call, { expires })).status).toBe(422);
    expect((await ask("counsel", call, { reason })).status).toBe(422);
    for (const wrong of [NOW, "2026-05-02T12:00:01.000Z"])
      expect((await ask("counsel", call, { reason, expires: wrong })).status).toBe(422);
    const shown = await ask("counsel", call, { reason, expires });
    expect(shown.body).toEqual({
      case: "c1",
      exchange: "ex/1",
      expires,
      content: { prompt: "A secret prompt." },
    });
    const { body } = await ask("admin", "GET /v1/cases/c1");
    const viewed = (body["history"] as readonly { action: string; details: string }[]).filter(
      ({ action }) => action === "evidence.viewed",
    );
    expect(viewed.map(({ details }) => JSON.parse(details))).toEqual([
      { account: "a1", exchange: "ex/1", expires, reason },
    ]);
    for (const all of ["*", "ex/1,ex_2", "%", "all"]) {
      const id = encodeURIComponent(all);
      const one = await ask("counsel", `POST /v1/cases/c1/evidence/${id}/reveal`, {
        reason,
        expires,
      });
      expect(one.body).toMatchObject({ code: "SW_EVIDENCE_UNKNOWN" });
    }
  });

  it("show nobody more than sixty exchanges an hour", async () => {
    onTestFinished(() => {
      clock = 0;
    });
    const expires = "2026-05-01T13:00:00.000Z";
    const reveal = (user: string) =>
      ask(user, "POST /v1/cases/c1/evidence/ex_2/reveal", { reason, expires });
    for (let times = 0; times < 60; times++) expect((await reveal("analyst")).status).toBe(200);
    expect(await reveal("analyst")).toMatchObject({ status: 429, body: { code: "SW_TOO_OFTEN" } });
    expect((await reveal("counsel")).status).toBe(200);
    clock += 3_600_000;
    expect((await reveal("analyst")).status).toBe(200);
  });
});

describe("users, tokens and audit over HTTP", () => {
  it("let admins make tokens that count at once, and revoke them", async () => {
    const order = { name: "siem", scopes: ["audit:read"], rate: { lines: 5 } };
    expect((await ask("counsel", "POST /v1/tokens", order)).status).toBe(403);
    const { status, body } = await ask("admin", "POST /v1/tokens", order);
    const { token, made } = body as { token: string; made: { id: string } };
    expect([status, made]).toEqual([201, expect.objectContaining(order)]);
    const audit = async (): Promise<Response> =>
      fetch(`${bench.url}/v1/audit`, { headers: { authorization: `Bearer ${token}` } });
    const lines = (await (await audit()).text()).trimEnd().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
      actor: "user:admin",
      action: "token.made",
      object: `token:${made.id}`,
    });
    const listed = await ask("admin", "GET /v1/tokens");
    expect(listed.body).toEqual({ tokens: [made] });
    expect((await ask("admin", `DELETE /v1/tokens/${made.id}`)).body).toMatchObject({
      revoked: NOW,
    });
    expect((await audit()).status).toBe(401);
    expect((await ask("admin", "DELETE /v1/tokens/tok_0")).status).toBe(404);
    const wide = { name: "x", scopes: ["everything"] };
    expect((await ask("admin", "POST /v1/tokens", wide)).status).toBe(422);
  });

  it("are the admin's and counsel's", async () => {
    expect((await ask("admin", "PUT /v1/users/eve", { role: "viewer" })).status).toBe(200);
    expect((await ask("eve", "GET /v1/session")).body).toEqual({ user: "eve", role: "viewer" });
    expect((await ask("counsel", "DELETE /v1/users/eve")).status).toBe(403);
    expect((await ask("admin", "DELETE /v1/users/eve")).status).toBe(200);
    const { body } = await ask("admin", "GET /v1/users");
    expect(body["users"]).toContainEqual(
      expect.objectContaining({ name: "eve", role: "viewer", disabled: NOW }),
    );
    expect((await ask("admin", "PUT /v1/users/%E2%80%AEeve", { role: "viewer" })).status).toBe(403);
    const finding = await ask("counsel", "GET /v1/audit/verification");
    expect(finding).toMatchObject({ status: 200, body: { checkpoints: 1, problems: [] } });
    expect((await ask("analyst", "GET /v1/audit/verification")).status).toBe(403);
  });
});
