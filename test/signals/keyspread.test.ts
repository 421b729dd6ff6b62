import { describe, expect, it } from "vitest";
import { keyspread } from "../../src/signals/keyspread.ts";
import { comparisonOf, describeWith } from "./comparison-of.ts";

const on = (networks: number, clients: number) => ({
  spread: { networks, clients, examples: ["ex_1", "ex_2"] },
});

describe("keyspread", () => {
  it("tells of one credential on many networks and with many clients on one day", () => {
    const found = describeWith(
      keyspread,
      comparisonOf((i) => on(6 + (i % 3), 5)),
    );
    expect(found).toMatchObject({ value: 5, reference: { median: 1, high: 1 } });
    expect(found.sentence).toContain("the widest from 8 networks with 5");
    expect(found.examples).toEqual(["ex_1", "ex_2"]);
  });

  it("says nothing of CI runners: many networks, one client", () => {
    expect(
      describeWith(
        keyspread,
        comparisonOf(() => on(40, 1)),
      ),
    ).toMatchObject({ value: 1, sentence: "" });
  });

  it("says nothing of teams on one key where others who send as much do the same", () => {
    const teams = comparisonOf(
      () => on(6, 5),
      (i) => (i % 10 === 0 ? on(6, 6) : {}),
    );
    expect(describeWith(keyspread, teams).sentence).toBe("");
  });

  it("does not see workers behind one exit, or logs without credentials", () => {
    for (const own of [on(1, 6), { spread: undefined }]) {
      const { sentence } = describeWith(
        keyspread,
        comparisonOf(() => own),
      );
      expect(sentence).toBe("");
    }
  });
});
