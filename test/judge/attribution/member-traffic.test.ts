import { describe, expect, it } from "vitest";
import { sent, trafficOf } from "./traffic.ts";

const [OWN, WORK, OTHER] = [1, 2, 4];
const servedBy = (traffic: ReturnType<typeof trafficOf>) =>
  traffic.members.map(({ name, served, exchanges }) => [name, served, exchanges]);

describe("a group's traffic", () => {
  it("is what meets its own rule or a work inside it", () => {
    const traffic = trafficOf([sent(1, OWN, 4), sent(1, WORK, 3), sent(1, 0, 5)], 1);
    expect(servedBy(traffic)).toEqual([["acct_1", 7, 12]]);
  });

  it("is told by its works where its own rule is about accounts, and they are most of it", () => {
    const rows = [sent(1, OWN | WORK, 6), sent(1, OWN | OTHER, 2), sent(1, OWN, 4)];
    expect(servedBy(trafficOf(rows, 2, true))).toEqual([["acct_1", 8, 12]]);
  });

  it("is everything of its accounts where works tell too little", () => {
    const rows = [sent(1, OWN | WORK, 3), sent(1, OWN, 9)];
    expect(servedBy(trafficOf(rows, 1, true))).toEqual([["acct_1", 12, 12]]);
    expect(servedBy(trafficOf(rows, 0, true))).toEqual([["acct_1", 12, 12]]);
  });

  it("leaves out who sends it far less than the others, by its own rule alone", () => {
    const rows = [1, 2, 3].map((account) => sent(account, OWN, 40));
    const bystander = [sent(4, OWN, 1), sent(4, WORK, 60)];
    expect(trafficOf([...rows, ...bystander], 1).members).toHaveLength(3);
  });
});
