import { expect, it } from "vitest";
import type { Agreement } from "../../src/core/agreement.ts";
import { agreementReports, policies } from "../../src/ledger/agreement-reports.ts";
import { keepAgreementUse } from "../../src/ledger/agreement-use.ts";
import {
  agreementsHeld,
  endAgreement,
  importAgreements,
  readAgreement,
  recordAgreement,
} from "../../src/ledger/agreements.ts";
import { readAudit } from "../../src/ledger/audit-file.ts";
import { setUser } from "../../src/ledger/users.ts";
import { verifyAudit } from "../../src/ledger/verify-audit.ts";
import type { LedgerBench } from "./ledger-bench.ts";

const entry = { by: "cora", reason: "contract 118" };
const TERMS: Agreement = {
  id: "agr_7",
  customer: "Lindgren & Partners",
  organizations: ["org_2"],
  accounts: ["acct_4"],
  models: ["orion-4"],
  purpose: "tutoring model",
  budget: { exchanges: 1000 },
  from: "2026-04-01T00:00:00.000Z",
  until: "2027-04-01T00:00:00.000Z",
  document: "signed.pdf",
  document_sha256: "ab".repeat(32),
};

/** What the register of agreements promises, on any store. */
export function agreementTests({ place }: LedgerBench): void {
  it("keeps every version of an agreement, and gives the judge the newest of each until it was ended", async () => {
    const { open } = await place();
    let now = new Date("2026-05-01T00:00:00Z");
    const ledger = await open(() => now);
    expect(await recordAgreement(ledger, TERMS, { ...entry, replaces: false })).toBe(1);
    const more = { ...TERMS, models: [], budget: { exchanges: 1000, output_tokens: 5 } };
    expect(await recordAgreement(ledger, more, { ...entry, replaces: true })).toBe(2);
    expect(await agreementsHeld(ledger)).toEqual([more]);
    now = new Date("2026-06-01T00:00:00Z");
    expect(await endAgreement(ledger, "agr_7", entry)).toBe(3);
    expect(await agreementsHeld(ledger)).toEqual([{ ...more, until: now.toISOString() }]);
    const versions = await readAgreement(ledger, "agr_7");
    expect(versions.map(({ version, agreement, ended }) => [version, agreement, ended])).toEqual([
      [1, TERMS, null],
      [2, more, null],
      [3, more, now.toISOString()],
    ]);
    const later = { ...TERMS, id: "agr_8", from: "2027-01-01T00:00:00.000Z" };
    await recordAgreement(ledger, later, { ...entry, replaces: false });
    await endAgreement(ledger, "agr_8", entry);
    expect((await agreementsHeld(ledger)).map(({ id }) => id)).toEqual(["agr_7"]);
  });

  it("refuses what would replace an agreement by accident, and what is not there", async () => {
    const ledger = await (await place()).open(() => new Date("2026-05-01T00:00:00Z"));
    const again = { ...entry, replaces: false };
    await recordAgreement(ledger, TERMS, again);
    const code = (name: string) => ({ code: `SW_AGREEMENT_${name}` });
    await expect(recordAgreement(ledger, TERMS, again)).rejects.toMatchObject(code("KNOWN"));
    const other = recordAgreement(ledger, { ...TERMS, id: "x" }, { ...entry, replaces: true });
    await expect(other).rejects.toMatchObject(code("UNKNOWN"));
    await expect(endAgreement(ledger, "x", entry)).rejects.toMatchObject(code("UNKNOWN"));
    await endAgreement(ledger, "agr_7", entry);
    await expect(endAgreement(ledger, "agr_7", entry)).rejects.toMatchObject(code("ENDED"));
  });

  it("imports all of a list or nothing of it, and leaves alone what is there as it is", async () => {
    const ledger = await (await place()).open(() => new Date("2026-05-01T00:00:00Z"));
    const [other, third] = [
      { ...TERMS, id: "agr_8" },
      { ...TERMS, id: "agr_9" },
    ];
    const once = { ...entry, replaces: false };
    expect(await importAgreements(ledger, [TERMS, other], once)).toEqual({
      added: 2,
      replaced: 0,
      same: 0,
    });
    const changed = [third, { ...other, purpose: "grading" }];
    await expect(importAgreements(ledger, changed, once)).rejects.toMatchObject({
      code: "SW_AGREEMENT_KNOWN",
    });
    expect(await agreementsHeld(ledger)).toEqual([TERMS, other]);
    const answer = await importAgreements(ledger, [TERMS, ...changed], {
      ...entry,
      replaces: true,
    });
    expect(answer).toEqual({ added: 1, replaced: 1, same: 1 });
  });

  it("lets counsel alone change it once there are users, and says who did what in a chain that holds", async () => {
    const ledger = await (await place()).open(() => new Date("2026-05-01T00:00:00Z"));
    await setUser(ledger, { name: "root", role: "admin", by: "root" });
    await setUser(ledger, { name: "cora", role: "counsel", by: "root" });
    await setUser(ledger, { name: "rita", role: "responder", by: "root" });
    const byRita = recordAgreement(ledger, TERMS, { by: "rita", reason: "", replaces: false });
    await expect(byRita).rejects.toMatchObject({ code: "SW_USER_REFUSED" });
    await recordAgreement(ledger, TERMS, { ...entry, replaces: false });
    await endAgreement(ledger, "agr_7", { by: "crm", machine: true, reason: "terminated" });
    const ours = await ledger.read((store) =>
      store
        .selectFrom("audit")
        .selectAll()
        .where("object", "=", "agreement:agr_7")
        .orderBy("sequence")
        .execute(),
    );
    expect(ours.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      "user:cora agreement.recorded",
      "token:crm agreement.ended",
    ]);
    expect(JSON.parse(ours[0]!.details)).toMatchObject({
      version: 1,
      reason: "contract 118",
      budget: { exchanges: 1000 },
      document_sha256: TERMS.document_sha256,
    });
    const { problems } = await verifyAudit(readAudit(ledger), { keys: ledger.keys.auditKeys });
    expect(problems).toEqual([]);
  });

  it("adds use up beyond what the warehouse keeps, and says how much of the budget it is", async () => {
    const ledger = await (await place()).open(() => new Date("2026-05-01T00:00:00Z"));
    await recordAgreement(ledger, TERMS, { ...entry, replaces: false });
    expect((await agreementReports(ledger))[0]!.use).toBeNull();
    const measured = (firstDay: string, until_time: string, days: readonly [string, number][]) => ({
      row: { agreement: "agr_7", until_time, parties: 3, unnamed: 1 },
      firstDay,
      days: days.map(([day, exchanges]) => ({
        agreement: "agr_7",
        day,
        exchanges,
        output_tokens: 10 * exchanges,
        outside_term: 0,
        outside_models: 2,
      })),
    });
    const april = measured("2026-04-01", "2026-04-11T00:00:00.000Z", [
      ["2026-04-01", 100],
      ["2026-04-10", 100],
    ]);
    await keepAgreementUse(ledger, [april]);
    const may = measured("2026-04-05", "2026-04-21T00:00:00.000Z", [
      ["2026-04-10", 120],
      ["2026-04-20", 380],
    ]);
    await keepAgreementUse(ledger, [may]);
    const [report] = await agreementReports(ledger);
    expect(report!.use).toEqual({
      until: "2026-04-21T00:00:00.000Z",
      parties: 3,
      unnamed: 1,
      exchanges: 600,
      output_tokens: 6000,
      outside_term: 0,
      outside_models: 6,
      // 500 exchanges in the 11 days since the 10th: 400 more take 8.8 days.
      budget: [
        {
          of: "exchanges",
          used: 600,
          budget: 1000,
          share: 0.6,
          used_up: "2026-04-29T19:12:00.000Z",
        },
      ],
    });
    const asked = { models: ["orion-5"], at: "2026-05-01T00:00:00.000Z" };
    const said = policies([report!], "org_2", asked);
    expect(said.map(({ id, is_trainable_text }) => [id, is_trainable_text])).toEqual([
      ["orion-4", true],
      ["orion-5", null],
    ]);
    await keepAgreementUse(ledger, [
      measured("2026-04-21", may.row.until_time, [["2026-04-21", 400]]),
    ]);
    const [full] = policies(await agreementReports(ledger), "org_2", asked);
    expect(full!.distillationPolicy).toMatchObject({
      status: "disallowed",
      label: "Agreement agr_7 is used up",
    });
  });
}
