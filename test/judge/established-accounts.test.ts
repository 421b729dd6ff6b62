import { describe, expect, it } from "vitest";
import { EstablishedAccounts } from "../../src/judge/established-accounts.ts";
import { Roster } from "../../src/judge/roster.ts";
import { TrafficRow } from "../../src/judge/traffic-row.ts";

const DAY = 86_400;
const NOW = 20_000 * DAY;

interface Said {
  readonly age?: number;
  readonly level?: string;
  readonly payment?: string;
}

/** Thirty accounts of which all the same is said, each with 16 conversations over four days. */
function seen({ age = 200, level = "email", payment = "card" }: Said): EstablishedAccounts {
  const facts = Array.from({ length: 30 }, (_, i) => ({
    account_hash: String(i + 1),
    account: `acct_${i}`,
    from: 0,
    organization_hash: "0",
    organization: "",
    parent: "",
    created: NOW - age * DAY,
    program: "",
    plan: "pro",
    email_domain: "",
    payment: payment === "" ? "0" : String(1000 + i),
    phone: "0",
    device: "0",
    verification_level: level,
    protected: false,
    suspended: 0,
    agreement: "",
  }));
  const roster = new Roster(facts, 1);
  const established = new EstablishedAccounts();
  for (let i = 0; i < 30; i++) {
    const account = roster.enroll(i + 1, 0, 0, 0);
    for (let c = 0; c < 16; c++) {
      const row = Object.assign(new TrafficRow(), {
        time: NOW + Math.floor(c / 4) * DAY,
        idLow: i * 100 + c,
        script: 1,
        tokenCount: 8,
      });
      for (let t = 0; t < 8; t++) row.tokens[t] = i * 1000 + c * 8 + t;
      established.offer(row, account, roster);
    }
  }
  return established;
}

describe("established accounts", () => {
  it("say what conversations of old, verified, paying accounts have in common", () => {
    const similarities = seen({}).known.similarities.get(16)?.get(1);
    expect(similarities).toHaveLength(30);
    expect(Math.max(...(similarities ?? []))).toBeCloseTo(0, 9);
  });

  it("are none that are new, unverified or don't pay", () => {
    for (const said of [{ age: 100 }, { level: "none" }, { level: "" }, { payment: "" }]) {
      const established = seen(said);
      expect(established.known.similarities.get(8)?.size).toBe(0);
    }
  });
});
