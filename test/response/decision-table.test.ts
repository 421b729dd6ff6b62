import { describe, expect, it } from "vitest";
import {
  type Decision,
  openDecisionTable,
  type Restrictions,
  type TableOptions,
} from "../../src/response/decision-table.ts";
import { sampleEntry } from "./sample-decisions.ts";

const NOW = new Date("2026-12-01");
const table = (options: Partial<TableOptions> = {}) =>
  openDecisionTable({ now: () => NOW, ...options });
const nothing = { expires: null, case: null, directive: null, decision: null };
const directive = (action: Decision["action"]): Decision => ({
  ...nothing,
  action,
  reason: "export_control",
  directive: "x1",
});

describe("a table of decisions", () => {
  it("allows what nothing is decided about, and knows accounts by their exact id", () => {
    const decisions = table();
    decisions.apply(sampleEntry("acct_1"));
    expect(decisions.decide({ account: "acct_1" })).toEqual({
      action: "limit",
      reason: "coordinated_harvest",
      expires: "2027-01-01T00:00:00.000Z",
      case: "c1",
      directive: null,
      decision: "d1",
    });
    for (const asked of [{ account: "ACCT_1" }, { account: "acct_1 " }, { account: "acct_12" }])
      expect(decisions.decide(asked)).toEqual({ ...nothing, action: "allow", reason: "none" });
  });

  it("answers the strictest of an account's steps, whatever their order, and of equals the one that holds longer", () => {
    const steps = [
      sampleEntry("a"),
      sampleEntry("a", { decision: "d2", action: "watermark" }),
      sampleEntry("a", {
        decision: "d3",
        action: "watermark",
        expires: "2028-01-01T00:00:00.000Z",
      }),
      sampleEntry("a", { decision: "d4", action: "verify" }),
    ];
    for (const order of [steps, steps.toReversed()]) {
      const decisions = table();
      for (const step of order) decisions.apply(step);
      expect(decisions.decide({ account: "a" }).decision).toBe("d3");
    }
  });

  it("lets a step go when it runs out, and falls back on what still holds", () => {
    let now = NOW;
    const decisions = table({ now: () => now });
    decisions.apply(sampleEntry("a", { action: "deny", expires: "2026-12-02T00:00:00.000Z" }));
    decisions.apply(sampleEntry("a", { decision: "d2" }));
    decisions.apply(sampleEntry("b"));
    const actions = () => ["a", "b"].map((account) => decisions.decide({ account }).action);
    expect(actions()).toEqual(["deny", "limit"]);
    now = new Date("2026-12-02");
    expect(actions()).toEqual(["limit", "limit"]);
    expect([...decisions.entries()].map(({ account }) => account)).toEqual(["a", "b"]);
    now = new Date("2027-01-01");
    expect(actions()).toEqual(["allow", "allow"]);
    expect([...decisions.entries()]).toEqual([]);
    for (const left of [1, 0, 0]) {
      decisions.sweep(1);
      expect(decisions.accounts).toBe(left);
    }
  });

  it("forgets what is taken back and replaces what is changed, one account at a time", () => {
    const decisions = table();
    for (const account of ["a", "b"]) decisions.apply(sampleEntry(account));
    decisions.apply(sampleEntry("a", { action: "allow" }));
    decisions.apply(sampleEntry("b", { action: "deny" }));
    decisions.apply(sampleEntry("c", { action: "allow" }));
    decisions.apply(sampleEntry("c", { expires: NOW.toISOString() }));
    expect([...decisions.entries()]).toEqual([sampleEntry("b", { action: "deny" })]);
    expect(decisions.accounts).toBe(1);
  });

  it("answers for a key alone what holds for every account that used it, whichever is said first", () => {
    const decisions = table({ keyHash: (id) => id.replace("key_", "") });
    const actionOf = (credential: string) => decisions.decide({ credential }).action;
    decisions.addUser("1", "a");
    decisions.addUser("1", "a");
    expect(actionOf("key_1")).toBe("allow");
    decisions.apply(sampleEntry("a", { action: "deny" }));
    expect(decisions.decide({ credential: "key_1" })).toEqual(decisions.decide({ account: "a" }));
    // b's step is milder; nothing is decided about c.
    decisions.apply(sampleEntry("b", { decision: "d2" }));
    for (const key of ["2", "3"]) for (const user of ["a", "b"]) decisions.addUser(key, user);
    decisions.addUser("3", "c");
    expect(["key_1", "key_2", "key_3"].map(actionOf)).toEqual(["deny", "limit", "allow"]);
    decisions.apply(sampleEntry("c", { decision: "d3", action: "verify" }));
    expect(decisions.decide({ credential: "key_3" }).decision).toBe("d2");
    decisions.apply(sampleEntry("b", { decision: "d2", action: "allow" }));
    expect(["key_1", "key_2", "key_3"].map(actionOf)).toEqual(["deny", "allow", "allow"]);
    expect(decisions.decide({ account: "c", credential: "key_1" }).action).toBe("verify");
  });

  it("says so where it is asked without an account or a key that it knows", () => {
    const decisions = table({ keyHash: (id) => id });
    decisions.apply(sampleEntry("a", { action: "deny" }));
    decisions.addUser("", "a");
    for (const asked of [
      { credential: "a" },
      { credential: "" },
      { credential: "b" },
      { person: "a" },
      { account: "", model: "a" },
      {},
    ])
      expect(decisions.decide(asked)).toEqual({
        ...nothing,
        action: "allow",
        reason: "account_unknown",
      });
  });

  it("asks the restrictions too, and takes the stricter", () => {
    const restrictions: Restrictions = {
      restrict: ({ model }) =>
        model === "orion-4" ? directive("deny") : model === "lyra" ? directive("limit") : undefined,
    };
    const decisions = table({ restrictions });
    decisions.apply(sampleEntry("a", { action: "verify" }));
    expect(decisions.decide({ account: "a", model: "orion-4" })).toEqual(directive("deny"));
    expect(decisions.decide({ account: "a", model: "lyra" }).action).toBe("verify");
    expect(decisions.decide({ account: "b", model: "lyra" })).toEqual(directive("limit"));
    expect(decisions.decide({ account: "b", model: "vega" }).action).toBe("allow");
  });

  it("opens for cases and closes for directives when it is too old", () => {
    let stale = false;
    const restrictions: Restrictions = {
      restrict: ({ person }) => (person === "p1" ? undefined : directive("deny")),
      restrictStale: ({ model }) => (model === "orion-4" ? directive("deny") : undefined),
    };
    const decisions = table({ restrictions, isStale: () => stale });
    decisions.apply(sampleEntry("a", { action: "deny" }));
    const attested = { account: "b", person: "p1", model: "orion-4" };
    expect(decisions.decide(attested).action).toBe("allow");
    stale = true;
    expect(decisions.decide(attested)).toEqual(directive("deny"));
    expect(decisions.decide({ account: "a", model: "lyra" })).toEqual({
      ...nothing,
      action: "allow",
      reason: "stale",
    });
  });
});
