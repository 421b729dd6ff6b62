import { describe, expect, it } from "vitest";
import { type Origins, roleOf } from "../../../src/judge/attribution/role-of.ts";

const DAY = 86_400;

/** A customer with 60 exchanges of its own, from its own places, beside 100 of the group's from elsewhere. */
const STOLEN: Origins = {
  account_hash: "1",
  served: "100",
  others: "60",
  located: "60",
  elsewhere: "60",
  apart: "60",
  settled: "58",
  shared: "0",
  other_keys: "0",
  first_served: 2 * DAY,
  last_served: 8 * DAY,
  first_other: 0,
  last_other: 9 * DAY,
};

const role = (change: Partial<Origins>, around: Partial<Parameters<typeof roleOf>[0]> = {}) => {
  const origins = { ...STOLEN, ...change };
  const exchanges = Number(origins.served) + Number(origins.others);
  const share = Number(origins.served) / exchanges;
  return roleOf({ exchanges, share, origins, operated: true, untied: false, ...around });
};

describe("a member's role", () => {
  it("is compromised where the customer's own traffic goes on from places and a client of its own", () => {
    expect(role({})).toBe("compromised");
    expect(role({ served: "10" })).toBe("compromised");
  });

  it("is compromised by three exchanges from elsewhere with another client, beside the group's that no rule meets", () => {
    const few = { others: "15", located: "15", elsewhere: "3", apart: "3", settled: "3" };
    expect(role(few)).toBe("compromised");
    expect(role({ ...few, settled: "2" })).toBe("operated");
    expect(role({ ...few, apart: "2" })).toBe("operated");
  });

  it("is compromised by places alone only where the two are wholly apart", () => {
    expect(role({ apart: "0" })).toBe("compromised");
    expect(role({ apart: "0", elsewhere: "50", settled: "50" })).toBe("operated");
    expect(role({ apart: "0", shared: "20" })).toBe("operated");
  });

  it("is compromised by credentials where nothing is known of places", () => {
    const nowhere = { located: "0", elsewhere: "0", apart: "0", settled: "0" };
    expect(role({ ...nowhere, other_keys: "60" })).toBe("compromised");
    expect(role({ ...nowhere, other_keys: "30" })).toBe("operated");
  });

  it("is not compromised where other people's requests come the same way", () => {
    expect(role({ elsewhere: "0", apart: "0", settled: "0", shared: "100" })).toBe("operated");
    const third = { served: "30", elsewhere: "0", apart: "0", settled: "0", shared: "30" };
    expect(role(third)).toBe("mixed");
  });

  it("is not compromised where the other traffic has no places either: a rotating proxy", () => {
    expect(role({ settled: "6" })).toBe("operated");
  });

  it("is not compromised where the account had been given up, or had no traffic of its own to speak of", () => {
    expect(role({ last_other: DAY })).toBe("operated");
    expect(role({ others: "2", located: "2", elsewhere: "2", apart: "2", settled: "2" })).toBe(
      "operated",
    );
  });

  it("is an end user's where the relay gathered the account and no tie did", () => {
    expect(role({}, { untied: true })).toBe("end_user");
  });

  it("is uncertain where no operator was shown, or hardly anything was sent", () => {
    expect(role({}, { operated: false })).toBe("uncertain");
    expect(role({}, { exchanges: 1 })).toBe("uncertain");
  });

  it("is by the larger share where nothing is known of origins", () => {
    expect(role({}, { origins: undefined })).toBe("operated");
    expect(role({}, { origins: undefined, share: 0.4 })).toBe("mixed");
  });
});
