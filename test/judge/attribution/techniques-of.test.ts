import { expect, it } from "vitest";
import type { Evidence, Member } from "../../../src/core/assessment.ts";
import { techniquesOf } from "../../../src/judge/attribution/techniques-of.ts";

const found = (signal: string, bits: number): Evidence => ({
  signal,
  axis: "harvest",
  channel: "content",
  bits,
  found_group: false,
  describes: false,
  sentence: "It is so.",
  value: 1,
  reference: { median: 0, low: 0, high: 0, n: 0 },
  examples: [],
});
const members = (...roles: Member["role"][]): Member[] =>
  roles.map((role, i) => ({ account: `a${i}`, role, share: 1, exchanges: 9 }));
const OPERATED = members("operated", "operated");

it("names of a campaign only what a finding or a role speaks for", () => {
  expect(techniquesOf("campaign", [], OPERATED)).toEqual([{ id: "AML.T0040", by: ["assessment"] }]);
  expect(techniquesOf("campaign", [found("template", 20), found("payment", 3)], OPERATED)).toEqual([
    { id: "AML.T0065", by: ["template"] },
    { id: "AML.T0040", by: ["assessment"] },
    { id: "AML.T0024.002", by: ["template"] },
  ]);
});

it("names valid accounts where a key was stolen, and a proxy where others' traffic comes the same way", () => {
  const ids = (...roles: Member["role"][]) =>
    techniquesOf("campaign", [], members(...roles)).map(({ id }) => id);
  expect(ids("operated", "compromised")).toEqual(["AML.T0012", "AML.T0040"]);
  expect(ids("operated", "mixed")).toEqual(["AML.T0008.005", "AML.T0040"]);
});

it("takes a relay for a proxy, and for no extraction", () => {
  const told = techniquesOf("relay", [found("echo", 20), found("template", 9)], OPERATED);
  expect(told).toEqual([
    { id: "AML.T0008.005", by: ["echo", "members"] },
    { id: "AML.T0040", by: ["assessment"] },
  ]);
});

it("names nothing of what is not flagged", () => {
  for (const assessment of ["bulk", "explained", "undetermined", "watch"] as const) {
    expect(techniquesOf(assessment, [found("template", 40)], OPERATED)).toEqual([]);
  }
});
