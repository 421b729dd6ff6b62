import { describe, expect, it } from "vitest";
import type { Group, ScanResult } from "../../src/core/assessment.ts";
import { alertsOf, type ToldGroups } from "../../src/response/alerts-of.ts";
import { flaggedGroup, resultOf } from "./sample-ticks.ts";

const WORDING = { link: null, nameAccounts: false, time: "2026-05-01T12:00:00.000Z" };

/** What ticks tell, one after the other: id, sequence and changes of each alert. */
function toldBy(...results: readonly ScanResult[]): readonly (readonly string[])[] {
  let told: ToldGroups = {};
  return results.map((result) => {
    const telling = alertsOf(told, result, WORDING);
    told = telling.told;
    return telling.alerts.map((one) => `${one.id}.${one.sequence} ${one.changes.join(" ")}`);
  });
}

const unflagged = (group: Group, assessment: Group["assessment"]): Group => ({
  ...group,
  assessment,
  reason: "Covered by agreement a1.",
});

describe("alerts of a result", () => {
  it("tell a flagged group once, whatever it sends from then on", () => {
    const group = flaggedGroup("g1", 200);
    const busier = { ...group, exchanges: group.exchanges * 40 };
    expect(toldBy(resultOf(group), resultOf(group), resultOf(busier))).toEqual([
      ["group_g1.1 flagged"],
      [],
      [],
    ]);
  });

  it("say nothing of groups that were never flagged", () => {
    const groups = (["relay", "bulk", "explained", "undetermined", "watch"] as const).map(
      (assessment, at) => unflagged(flaggedGroup(`g${at}`, 500), assessment),
    );
    expect(toldBy(resultOf(...groups), resultOf())).toEqual([[], []]);
  });

  it("tell growth by half or by a hundred since it was last told, however slowly it came", () => {
    const sizes = [40, 50, 59, 60, 89, 90, 1000, 1099, 1100, 900, 1150];
    const told = toldBy(...sizes.map((size) => resultOf(flaggedGroup("g1", size))));
    const grew = sizes.filter((_, at) => told[at]?.some((line) => line.endsWith("grew")));
    expect(grew).toEqual([60, 90, 1000, 1100]);
  });

  it("tell that an assessment changed, with the reason, and nothing of its growth then", () => {
    const bulk = unflagged(flaggedGroup("g1", 900), "bulk");
    expect(toldBy(resultOf(flaggedGroup("g1", 90)), resultOf(bulk), resultOf(bulk))).toEqual([
      ["group_g1.1 flagged"],
      ["group_g1.2 assessed"],
      [],
    ]);
    const first = alertsOf({}, resultOf(flaggedGroup("g1", 90)), WORDING);
    const [alert] = alertsOf(first.told, resultOf(bulk), WORDING).alerts;
    expect(alert).toMatchObject({
      title: "Group g1 is now assessed as bulk, not campaign any more",
      reasons: ["Covered by agreement a1."],
    });
  });

  it("tell that a group is withdrawn once it is missing at two ticks in a row, and if it is flagged again", () => {
    const g1 = resultOf(flaggedGroup("g1", 90));
    expect(toldBy(g1, resultOf(), g1, resultOf(), resultOf(), resultOf(), g1)).toEqual([
      ["group_g1.1 flagged"],
      [],
      [],
      [],
      ["group_g1.2 withdrawn"],
      [],
      ["group_g1.3 flagged"],
    ]);
  });

  it("tell at once that a group is told as part of another, and of what a new one split from", () => {
    const [g1, g2] = [flaggedGroup("g1", 90), flaggedGroup("g2", 90)];
    const both = { ...g2, accounts: [...g2.accounts, ...g1.accounts.slice(0, 80)] };
    const split = { time: "", event: "split", accounts: 5, group: "g2" } as const;
    const g3 = flaggedGroup("g3", 90, { history: [split] });
    expect(toldBy(resultOf(g1, g2), resultOf(both), resultOf(both, g3))).toEqual([
      ["group_g1.1 flagged", "group_g2.1 flagged"],
      ["group_g2.2 grew", "group_g1.2 merged"],
      ["group_g3.1 flagged split"],
    ]);
  });

  it("know groups again by their accounts when a judge that began anew numbers them anew", () => {
    const [a, b] = [flaggedGroup("g1", 90), flaggedGroup("g2", 60)];
    const again = resultOf({ ...b, id: "g1" }, { ...a, id: "g9", accounts: a.accounts.slice(30) });
    const other = resultOf(...again.groups, flaggedGroup("g2", 50));
    expect(toldBy(resultOf(a, b), again, other, other)).toEqual([
      ["group_g1.1 flagged", "group_g2.1 flagged"],
      [],
      ["group_g2_2.1 flagged"],
      [],
    ]);
  });

  it("give counts, three reasons of different channels and a link; accounts only where that is asked for", () => {
    const result = resultOf(flaggedGroup("g 1", 120));
    const [alert] = alertsOf({}, result, { ...WORDING, link: "https://x.test/?g={group}" }).alerts;
    expect(alert).toMatchObject({ severity: "high", link: "https://x.test/?g=g%201" });
    expect(alert?.title).toMatch(/^Group g 1 is flagged as a campaign: 120 accounts, [\d,]+ exch/);
    expect(alert?.reasons).toHaveLength(3);
    expect(JSON.stringify(alert)).not.toContain("acct_");
    const [named] = alertsOf({}, result, { ...WORDING, nameAccounts: true }).alerts;
    expect(named?.group?.account_ids).toHaveLength(100);
  });
});
