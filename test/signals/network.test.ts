import { describe, expect, it } from "vitest";
import { KEY_KINDS } from "../../src/core/key-kind.ts";
import { network } from "../../src/signals/network.ts";
import { comparisonOf, describeWith } from "./comparison-of.ts";

const pool = (i: number) => ({ networks: [`proxy ${i % 8}`, "carrier"] });

describe("network", () => {
  it("tells of payers on a few networks that hardly anybody else is on", () => {
    const { value, reference, sentence } = describeWith(network, comparisonOf(pool));
    expect(value).toBe(1);
    expect(reference).toMatchObject({ median: 0, high: 0 });
    expect(sentence).toContain(
      "100 % of 40 payers were on a network of another of them, 8 uncommon",
    );
  });

  it("says nothing of customers of one carrier", () => {
    expect(
      describeWith(
        network,
        comparisonOf(() => ({ networks: ["carrier"] })),
      ),
    ).toMatchObject({ value: 0, sentence: "" });
  });

  it("says nothing of one company's seats, and that no office is evidence", () => {
    const seats = comparisonOf(() => ({ payer: 1, networks: ["office"] }));
    expect(describeWith(network, seats).sentence).toBe("");
    const office = describeWith(
      network,
      comparisonOf(() => ({ networks: ["office"] })),
    );
    expect(office.sentence).toContain("One office or campus does the same: no evidence.");
  });

  it("says where networks gathered the group", () => {
    const gathered = { ...comparisonOf(pool), foundBy: new Set([KEY_KINDS.network]) };
    expect(describeWith(network, gathered).foundGroup).toBe(true);
  });

  it("does not see a home line for every account", () => {
    expect(
      describeWith(
        network,
        comparisonOf(() => ({})),
      ).sentence,
    ).toBe("");
  });
});
