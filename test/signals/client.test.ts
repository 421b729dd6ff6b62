import { describe, expect, it } from "vitest";
import { client } from "../../src/signals/client.ts";
import { comparisonOf, describeWith } from "./comparison-of.ts";

describe("client", () => {
  it("tells of payers that mostly use one client which few others use", () => {
    const { value, reference, sentence } = describeWith(
      client,
      comparisonOf((i) => ({ clients: [i < 30 ? "harvester/1" : `client ${i}`] })),
    );
    expect(value).toBe(0.75);
    expect(reference.high).toBeLessThan(0.2);
    expect(sentence).toContain("75 % of 40 payers mostly use one client string");
  });

  it("says nothing of the users of a popular SDK", () => {
    const popular = comparisonOf(
      () => ({ clients: ["sdk/2"] }),
      (i) => (i % 5 === 0 ? { clients: ["sdk/2"] } : {}),
    );
    expect(describeWith(client, popular)).toMatchObject({ value: 0, sentence: "" });
  });

  it("does not see client strings drawn anew for every account", () => {
    expect(
      describeWith(
        client,
        comparisonOf(() => ({})),
      ).sentence,
    ).toBe("");
  });
});
