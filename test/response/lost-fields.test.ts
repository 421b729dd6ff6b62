import { describe, expect, it } from "vitest";
import {
  blindWithout,
  type FieldShare,
  lostFields,
  type ToldFields,
} from "../../src/response/lost-fields.ts";

const share = (accountShare: number, change: Partial<FieldShare> = {}): FieldShare => ({
  field: "client.ip",
  platform: "api",
  exchanges: 4_000,
  accounts: 200,
  share: accountShare,
  accountShare,
  ...change,
});

/** At which ticks an alert is told, and what it says. */
function toldBy(shares: readonly FieldShare[]): readonly string[] {
  let told: ToldFields = {};
  return shares.flatMap((one, tick) => {
    const telling = lostFields(told, [one], { time: "" });
    told = telling.told;
    return telling.alerts.map(({ sequence, changes }) => `${tick}: ${changes.join()} ${sequence}`);
  });
}

const shares = (...values: readonly number[]): readonly FieldShare[] =>
  values.map((value) => share(value));

describe("fields that senders stop sending", () => {
  it("are told once, and once more when they are back", () => {
    const ticks = shares(0.9, 0.95, 0.92, 0.9, 0.02, 0, 0, 0.4, 0.88, 0.9, 0.1);
    expect(toldBy(ticks)).toEqual(["4: lost 1", "8: back 2", "10: lost 3"]);
  });

  it("are told with the signals that see nothing without them", () => {
    const learned = shares(1, 1, 1).reduce<ToldFields>(
      (told, one) => lostFields(told, [one], { time: "" }).told,
      {},
    );
    const [alert] = lostFields(learned, [share(0.02)], { time: "t" }).alerts;
    expect(alert).toMatchObject({
      id: "field_api_client.ip",
      class: "health",
      severity: "high",
      title:
        "client.ip is missing from the traffic on platform api: 2 % of the accounts carry it, usually 100 %",
      field: { blind: ["network", "keyspread"] },
    });
    for (const field of [
      "request",
      "response",
      "model",
      "credential",
      "client.user_agent",
    ] as const)
      expect(blindWithout(field)).not.toEqual([]);
  });

  it("are not looked for at first, among few accounts, or where few carry them anyway", () => {
    expect(toldBy(shares(0.9, 0.9, 0.1))).toEqual([]);
    const few = { accounts: 49 };
    expect(toldBy([0.9, 0.9, 0.9, 0.9, 0].map((value) => share(value, few)))).toEqual([]);
    expect(toldBy(shares(0.4, 0.4, 0.4, 0.4, 0))).toEqual([]);
  });

  it("are not lost because one customer with much traffic calls without them", () => {
    const heavy = share(0.97, { share: 0.08 });
    expect(toldBy([...shares(0.98, 0.98, 0.98, 0.98), heavy, heavy])).toEqual([]);
  });

  it("that go slowly, as customers do, are no sudden loss", () => {
    const slowly = Array.from({ length: 200 }, (_, tick) => 0.95 - tick * 0.004);
    expect(toldBy(shares(...slowly))).toEqual([]);
  });

  it("are told for each platform by itself", () => {
    const usual = [share(1), share(1, { platform: "cloud" })];
    let told: ToldFields = {};
    for (let tick = 0; tick < 4; tick++) told = lostFields(told, usual, { time: "" }).told;
    const now = [share(1), share(0, { platform: "cloud" })];
    const ids = lostFields(told, now, { time: "" }).alerts.map(({ id }) => id);
    expect(ids).toEqual(["field_cloud_client.ip"]);
  });
});
