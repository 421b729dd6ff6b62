import { describe, expect, it } from "vitest";
import type { Agreement } from "../../src/core/agreement.ts";
import { assess, type AssessInput } from "../../src/judge/assess.ts";
import { type Lineage, newLineage } from "../../src/judge/lineage.ts";

const AGREEMENT: Agreement = {
  id: "agr_1",
  customer: "Lindgren & Partners",
  organizations: ["org_1"],
  accounts: [],
  models: [],
  purpose: "Grading essays",
  from: "2026-01-01T00:00:00.000Z",
  until: "2027-01-01T00:00:00.000Z",
};

const COVERED = { id: AGREEMENT.id, agreement: AGREEMENT, gap: "" };

/** What is said of a lineage with this evidence; nobody knows it and forty parties are in it unless told. */
function said(evidence: Partial<Lineage>, around: Partial<AssessInput> = {}) {
  const lineage = { ...newLineage(0), ...evidence };
  return assess({ lineage, coordinated: false, parties: 40, named: undefined, ...around });
}

const flagged = { flaggedAt: 1_790_000_000, coordinationBits: 20, harvestBits: 15 };

describe("assess", () => {
  it("calls a flagged group a campaign, and gives no excuse", () => {
    expect(said(flagged)).toEqual({ assessment: "campaign", reason: "" });
    expect(said({ ...flagged, listShare: 0.9, harvestShareAtMost: 0.1 })?.assessment).toBe(
      "campaign",
    );
    expect(said(flagged, { parties: 6 })?.assessment).toBe("campaign");
  });

  it("calls it bulk where an agreement covers it, and names agreement and customer", () => {
    const bulk = said(flagged, { named: COVERED });
    expect(bulk?.assessment).toBe("bulk");
    expect(bulk?.reason).toContain("agr_1");
    expect(bulk?.reason).toContain("Lindgren & Partners");
    expect(said({ harvestBits: 6 }, { named: COVERED })?.assessment).toBe("bulk");
  });

  it("has nothing to say of a covered group that takes no training data", () => {
    expect(said({ harvestBits: 0, coordinationBits: 0 }, { named: COVERED })).toBeUndefined();
  });

  it("explains harvest by a list that its accounts work through", () => {
    const list = { harvestBits: 9, coordinationBits: 2, listShare: 0.8 };
    expect(said(list)?.assessment).toBe("explained");
    expect(said(list, { coordinated: true })?.assessment).toBe("explained");
    expect(said({ ...list, listShare: 0.5 })?.assessment).not.toBe("explained");
  });

  it("calls a coordinated group a relay where its harvest is surely small, and says how small", () => {
    const relay = { coordinationBits: 30, harvestBits: -1, harvestShareAtMost: 0.07 };
    const one = said(relay, { coordinated: true });
    expect(one?.assessment).toBe("relay");
    expect(one?.reason).toContain("7 %");
    expect(said(relay)?.assessment).not.toBe("relay");
    expect(said({ ...relay, harvestShareAtMost: 0.5 }, { coordinated: true })?.assessment).toBe(
      "undetermined",
    );
  });

  it("watches a small group that leans on both axes", () => {
    const leaning = { coordinationBits: 6, harvestBits: 6 };
    const small = said(leaning, { parties: 8 });
    expect(small?.assessment).toBe("watch");
    expect(small?.reason).toMatch(/^8 parties/);
    expect(said(leaning, { parties: 20 })?.assessment).toBe("undetermined");
  });

  it("leaves open what is coordinated without harvest, or leans on both axes", () => {
    const one = said({ coordinationBits: 30, harvestBits: 1 }, { coordinated: true });
    const both = said({ coordinationBits: 5, harvestBits: 5 });
    expect(one?.assessment).toBe("undetermined");
    expect(both?.assessment).toBe("undetermined");
    expect(one?.reason).not.toBe(both?.reason);
  });

  it("says nothing where nothing leans, or harvest alone does", () => {
    expect(said({})).toBeUndefined();
    expect(said({ coordinationBits: 5, harvestBits: 1 })).toBeUndefined();
    expect(said({ coordinationBits: 1, harvestBits: 40 })).toBeUndefined();
    expect(said({ coordinationBits: 3.9, harvestBits: 3.9 }, { parties: 7 })).toBeUndefined();
  });

  it("gives a reason for everything but a campaign", () => {
    for (const [evidence, around] of [
      [flagged, { named: COVERED }],
      [{ harvestBits: 9, listShare: 0.8 }, {}],
      [{ coordinationBits: 9, harvestShareAtMost: 0.1 }, { coordinated: true }],
      [{ coordinationBits: 5, harvestBits: 5 }, {}],
      [{ coordinationBits: 5, harvestBits: 5 }, { parties: 7 }],
    ] as const) {
      expect(said(evidence, around)?.reason).toMatch(/^.+\.$/);
    }
  });
});
