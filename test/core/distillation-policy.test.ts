import { describe, expect, it } from "vitest";
import type { Agreement } from "../../src/core/agreement.ts";
import {
  catalogueModels,
  catalogueShape,
  policiesFor,
} from "../../src/core/distillation-policy.ts";

const read = (value: unknown) =>
  catalogueModels(catalogueShape.parse(value)).map(({ id, status }) => [id, status]);

const agreement = (changes: Partial<Agreement>): Agreement => ({
  id: "agr_7",
  customer: "Lindgren & Partners",
  organizations: ["org_2"],
  accounts: [],
  models: ["orion-4"],
  purpose: "tutoring model",
  from: "2026-04-01T00:00:00.000Z",
  until: "2027-04-01T00:00:00.000Z",
  ...changes,
});

describe("a catalogue of models", () => {
  it("is read in the words of either vocabulary, wherever its list is", () => {
    const openRouter = [
      { id: "a/open", is_trainable_text: true, pricing: {} },
      { id: "a/closed", is_trainable_text: false },
      { id: "a/unsaid", is_trainable_text: null },
      { slug: "a/silent" },
    ];
    const said = [
      ["a/open", "allowed"],
      ["a/closed", "disallowed"],
      ["a/unsaid", "unknown"],
      ["a/silent", "unknown"],
    ];
    for (const value of [
      openRouter,
      { data: openRouter },
      { models: openRouter },
      { data: { models: openRouter } },
    ])
      expect(read(value)).toEqual(said);
    const nanoGpt = ["allowed", "disallowed", "unknown", "perhaps"].map((status, i) => ({
      id: `m${i}`,
      distillationPolicy: { status, basis: "permissive-open-weights" },
    }));
    expect(read({ data: nanoGpt })).toEqual([
      ["m0", "allowed"],
      ["m1", "disallowed"],
      ["m2", "unknown"],
      ["m3", "unknown"],
    ]);
  });

  it("allows nothing that one of the two refuses, and is refused where it is something else", () => {
    const both = { id: "m", is_trainable_text: true, distillationPolicy: { status: "disallowed" } };
    expect(read([both])).toEqual([["m", "unknown"]]);
    expect(catalogueShape.safeParse({ id: "m" }).success).toBe(false);
  });
});

describe("the policy for a party", () => {
  const at = "2026-05-01T00:00:00.000Z";
  const of = (changes: Partial<Agreement>, usedUp = false, party = "org_2") =>
    policiesFor(party, [{ agreement: agreement(changes), usedUp }], {
      models: ["orion-5"],
      at,
    }).map(({ id, is_trainable_text: trainable, distillationPolicy: { status } }) => [
      id,
      trainable,
      status,
    ]);

  it("says the same in both vocabularies, and can be read again", () => {
    const said = policiesFor("org_2", [{ agreement: agreement({}), usedUp: false }], {
      models: ["orion-5"],
      at,
    });
    expect(said).toEqual([
      {
        id: "orion-4",
        is_trainable_text: true,
        distillationPolicy: {
          status: "allowed",
          label: "Agreement agr_7 until 2027-04-01T00:00:00.000Z",
          basis: "agreement",
          note: "tutoring model",
        },
      },
      {
        id: "orion-5",
        is_trainable_text: null,
        distillationPolicy: { status: "unknown", label: "No agreement names it", basis: "" },
      },
    ]);
    expect(read({ data: said })).toEqual([
      ["orion-4", "allowed"],
      ["orion-5", "unknown"],
    ]);
  });

  it("is disallowed before and after an agreement and where it is used up, unknown to others", () => {
    const refused = [
      ["orion-4", false, "disallowed"],
      ["orion-5", null, "unknown"],
    ];
    expect(of({ until: at })).toEqual(refused);
    expect(of({ from: "2026-05-01T00:00:00.001Z" })).toEqual(refused);
    expect(of({}, true)).toEqual(refused);
    expect(of({}, false, "org_3")).toEqual([["orion-5", null, "unknown"]]);
    expect(of({ models: [] })).toEqual([["orion-5", true, "allowed"]]);
    expect(of({ accounts: ["acct_4"] }, false, "acct_4")[0]).toEqual(["orion-4", true, "allowed"]);
  });
});
