import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { attest } from "../../../src/ledger/directives/attest.ts";
import type { DirectiveStore } from "../../../src/ledger/directives/open-directives.ts";
import { readRefusals } from "../../../src/ledger/directives/keep-refusals.ts";
import { exemptFrom, liftDirective } from "../../../src/ledger/directives/set-directives.ts";
import { type Asked, openDecisionTable } from "../../../src/response/decision-table.ts";
import {
  type OpenRestrictions,
  openRestrictions,
} from "../../../src/response/directives/open-restrictions.ts";
import { attested, CLEO, directiveBench, held, inForce } from "../../ledger/directive-bench.ts";

const place = directiveBench();
const opened: OpenRestrictions[] = [];
let time = Date.parse("2026-11-21T12:00:00.000Z");
const now = () => new Date(time);
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  time = Date.parse("2026-11-21T12:00:00.000Z");
});

const often = { now, clock: () => time, staleAfterMs: Infinity };

async function restrictionsOn(directives: DirectiveStore) {
  const onFailure = (error: unknown): void => {
    throw error;
  };
  const made = await openRestrictions({ ...often, directives, everyMs: 3_600_000, onFailure });
  opened.push(made);
  return {
    restrict: (asked: Asked) => made.restrict(asked),
    restrictStale: (asked: Asked) => made.restrictStale(asked),
    notices: () => made.notices(),
    refresh: () => made.refresh(),
  };
}

const ana = { account: "acct_1", person: "ana", model: "orion-4" };

describe("restrictions", () => {
  it("deny the attested class the model, and leave others, other models and drafts alone", async () => {
    const store = await (await place()).open(now);
    const holders = [held()];
    const attestations = [attested(), attested({ person: "bo", verdict: "not_in" })];
    await attest(store, { attestations, holders }, CLEO);
    const number = await inForce(store);
    const { restrict, notices } = await restrictionsOn(store);
    expect(restrict(ana)).toEqual({
      action: "deny",
      reason: "directive",
      expires: null,
      case: null,
      directive: `dir${number}`,
      decision: null,
    });
    expect(restrict({ ...ana, person: "bo" })).toBeUndefined();
    expect(restrict({ ...ana, model: "orion-3" })).toBeUndefined();
    expect(restrict({ account: "acct_1", person: "ana" })?.action).toBe("deny");
    expect(notices()).toEqual([
      {
        directive: "dir1",
        models: ["orion-4"],
        begins: "2026-11-21T12:00:00.000Z",
        ends: null,
        words: "By order 12/26 this model is suspended for restricted persons.",
        remedy: "Have your organization attest your class.",
      },
    ]);
  });

  it("take the beginnings of models' names", async () => {
    const store = await (await place()).open(now);
    await attest(store, { attestations: [attested()], holders: [] }, CLEO);
    await inForce(store, { models: ["orion-5*", "vega"] });
    const { restrict } = await restrictionsOn(store);
    const denied = ["orion-5", "orion-5-mini", "vega", "orion-4", "vega-2", "my-orion-5"].filter(
      (model) => restrict({ ...ana, model }) !== undefined,
    );
    expect(denied).toEqual(["orion-5", "orion-5-mini", "vega"]);
  });

  it.each([
    ["deny", "deny"],
    ["verify", "verify"],
    ["allow", undefined],
  ] as const)("%s a person of whom nothing is known, if so directed", async (unknowns, action) => {
    const store = await (await place()).open(now);
    await inForce(store, { unknowns });
    const { restrict } = await restrictionsOn(store);
    expect(restrict(ana)?.action).toBe(action);
    expect(restrict({ model: "orion-4" })?.action).toBe(action);
    expect(restrict(ana)?.reason).toBe(action && "directive_unknown");
  });

  it("know no more what has expired, also where the rest of the organization is cleared", async () => {
    const store = await (await place()).open(now);
    const expires = "2026-11-21T13:00:00.000Z";
    const everybody = attested({
      scope: "organization",
      name: "org_1",
      person: "",
      verdict: "not_in",
    });
    const attestations = [
      attested({ expires }),
      attested({ person: "bo", verdict: "not_in", expires }),
      everybody,
    ];
    await attest(store, { attestations, holders: [held()] }, CLEO);
    await inForce(store);
    const { restrict } = await restrictionsOn(store);
    const actions = () => ["ana", "bo", "cy"].map((person) => restrict({ ...ana, person })?.action);
    expect(actions()).toEqual(["deny", undefined, undefined]);
    time = Date.parse(expires);
    expect(actions()).toEqual(["verify", "verify", undefined]);
    time = Date.parse("2027-01-01T00:00:00.000Z");
    expect(actions()).toEqual(["verify", "verify", "verify"]);
  });

  it("go by what an organization attests for its users, in its own accounts alone", async () => {
    const store = await (await place()).open(now);
    const ofOrg = { scope: "organization", name: "org_1" } as const;
    const attestations = [
      attested({ ...ofOrg }),
      attested({ ...ofOrg, person: "bo", verdict: "not_in" }),
    ];
    const holders = [held(), held({ kind: "credential", name: "key_1" })];
    await attest(store, { attestations, holders }, CLEO);
    await inForce(store, { unknowns: "deny" });
    const { restrict } = await restrictionsOn(store);
    expect(restrict(ana)?.reason).toBe("directive");
    expect(restrict({ ...ana, person: "bo" })).toBeUndefined();
    expect(restrict({ credential: "key_1", person: "bo", model: "orion-4" })).toBeUndefined();
    expect(restrict({ ...ana, account: "acct_2", person: "bo" })?.reason).toBe("directive_unknown");
  });

  it("hold the class to be a person's where account and organization say different things, until that is withdrawn", async () => {
    const store = await (await place()).open(now);
    const cleared = attested({ scope: "organization", name: "org_1", verdict: "not_in" });
    await attest(store, { attestations: [attested(), cleared], holders: [held()] }, CLEO);
    await inForce(store);
    const { restrict, refresh } = await restrictionsOn(store);
    expect(restrict(ana)?.reason).toBe("directive");
    await attest(store, { attestations: [attested({ verdict: "withdrawn" })], holders: [] }, CLEO);
    await refresh();
    expect(restrict(ana)).toBeUndefined();
  });

  it("bind the populations named: customers, staff, internal tools", async () => {
    const store = await (await place()).open(now);
    const holders = [
      held({ population: "staff" }),
      held({ kind: "credential", name: "key_ci", population: "tools" }),
    ];
    await attest(store, { attestations: [attested()], holders }, CLEO);
    await inForce(store, { populations: ["staff"], unknowns: "deny" });
    const { restrict } = await restrictionsOn(store);
    expect(restrict(ana)?.action).toBe("deny");
    expect(restrict({ ...ana, credential: "key_ci" })).toBeUndefined();
    expect(restrict({ ...ana, account: "acct_2" })).toBeUndefined();
  });

  it("let pass whom a directive exempts, until then", async () => {
    const store = await (await place()).open(now);
    await attest(store, { attestations: [attested()], holders: [held()] }, CLEO);
    const number = await inForce(store, { unknowns: "deny" });
    const until = "2026-11-21T13:00:00.000Z";
    const whom = { number, until, reason: "licence 4", by: CLEO };
    await exemptFrom(store, { ...whom, scope: "account", name: "acct_1", person: "ana" });
    await exemptFrom(store, { ...whom, scope: "organization", name: "org_2" });
    const { restrict } = await restrictionsOn(store);
    expect(restrict(ana)).toBeUndefined();
    expect(restrict({ ...ana, person: "bo" })?.action).toBe("deny");
    time = Date.parse(until);
    expect(restrict(ana)?.action).toBe("deny");
  });

  it("begin and end with the window, by the clock", async () => {
    const store = await (await place()).open(now);
    await attest(store, { attestations: [attested()], holders: [] }, CLEO);
    const [begins, ends] = ["2026-11-21T13:00:00.000Z", "2026-11-21T14:00:00.000Z"];
    await inForce(store, { begins, ends });
    const { restrict } = await restrictionsOn(store);
    const at = (text: string) => {
      time = Date.parse(text);
      return restrict(ana)?.expires;
    };
    expect(at("2026-11-21T12:59:59.999Z")).toBeUndefined();
    expect([at(begins), at("2026-11-21T13:59:59.999Z")]).toEqual([ends, ends]);
    expect(at(ends)).toBeUndefined();
  });

  it("hear what another process changes, and restore access when it lifts", async () => {
    const shared = await place();
    const [one, other] = [await shared.open(now), await shared.open(now)];
    const { restrict, refresh } = await restrictionsOn(one);
    expect(restrict(ana)).toBeUndefined();
    await attest(other, { attestations: [attested()], holders: [] }, CLEO);
    const number = await inForce(other);
    await refresh();
    expect(restrict(ana)?.directive).toBe(`dir${number}`);
    await liftDirective(other, { number, reason: "order lifted", by: CLEO });
    await refresh();
    expect(restrict(ana)).toBeUndefined();
    expect(await readRefusals(other, number)).toMatchObject([
      { account: "acct_1", person: "ana", model: "orion-4", why: "in", action: "deny", count: 1 },
    ]);
  });

  it("hear of it by themselves", async () => {
    const shared = await place();
    const [one, other] = [await shared.open(now), await shared.open(now)];
    const onFailure = () => {};
    const made = await openRestrictions({ ...often, directives: one, everyMs: 5, onFailure });
    opened.push(made);
    await inForce(other, { unknowns: "deny" });
    while (made.restrict(ana) === undefined) await new Promise((done) => setTimeout(done, 5));
    expect(made.restrict(ana)?.action).toBe("deny");
  });

  it("count whom they turn away, by person, model and day", async () => {
    const store = await (await place()).open(now);
    await attest(store, { attestations: [attested()], holders: [] }, CLEO);
    const number = await inForce(store);
    const { restrict, refresh } = await restrictionsOn(store);
    for (let i = 0; i < 3; i++) restrict(ana);
    await refresh();
    time += 60_000;
    restrict(ana);
    restrict({ ...ana, person: "bo" });
    time += 86_400_000;
    restrict(ana);
    await refresh();
    const rows = (await readRefusals(store, number)).map(
      ({ day, person, action, count, first, last }) =>
        [day, person, action, count, first.slice(11, 19), last.slice(11, 19)].join(" "),
    );
    expect(rows).toEqual([
      "2026-11-21 ana deny 4 12:00:00 12:01:00",
      "2026-11-21 bo verify 1 12:01:00 12:01:00",
      "2026-11-22 ana deny 1 12:01:00 12:01:00",
    ]);
  });

  it("deny all that they cover where nothing newer could be known for too long", async () => {
    const store = await (await place()).open(now);
    await attest(store, { attestations: [attested({ verdict: "not_in" })], holders: [] }, CLEO);
    await inForce(store, { unknowns: "allow" });
    const restrictions = await restrictionsOn(store);
    let stale = false;
    const table = openDecisionTable({ now, restrictions, isStale: () => stale });
    expect(table.decide(ana).action).toBe("allow");
    stale = true;
    expect(table.decide(ana)).toMatchObject({ action: "deny", reason: "directive_stale" });
    expect(table.decide({ ...ana, model: "orion-3" }).action).toBe("allow");
  });

  it("do the same where their own store is out of reach for too long, and say so once", async () => {
    const store = await (await place()).open(now);
    await attest(store, { attestations: [attested({ verdict: "not_in" })], holders: [] }, CLEO);
    await inForce(store);
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => void failures.push(error);
    const settings = { ...often, staleAfterMs: 60_000, everyMs: 3_600_000, onFailure };
    const made = await openRestrictions({ ...settings, directives: store });
    await store.close();
    time += 60_000;
    await made.refresh();
    expect(made.restrict(ana)).toBeUndefined();
    time += 1;
    expect(made.restrict(ana)?.reason).toBe("directive_stale");
    await made.close();
    expect(failures).toHaveLength(1);
  });

  it("hear of a lift while their counts can't be written, and write them when they can", async () => {
    const shared = await place();
    const [store, other] = [await shared.open(now), await shared.open(now)];
    await attest(store, { attestations: [attested()], holders: [] }, CLEO);
    const number = await inForce(store);
    let letWrite = () => {};
    const blocked = new Promise<void>((done) => (letWrite = done));
    const change: DirectiveStore["change"] = (work) => blocked.then(() => store.change(work));
    const stores = { directives: store, writer: { ...store, change } };
    const onFailure = () => {};
    const made = await openRestrictions({ ...often, ...stores, everyMs: 5, onFailure });
    opened.push(made);
    expect(made.restrict(ana)?.action).toBe("deny");
    await liftDirective(other, { number, reason: "lifted", by: CLEO });
    await expect.poll(() => made.restrict(ana)).toBeUndefined();
    letWrite();
    await made.refresh();
    expect((await readRefusals(other, number))[0]?.count).toBeGreaterThan(0);
  });

  it("never refuse outside of their models, class and window, whoever asks when", async () => {
    const store = await (await place()).open(now);
    const people = ["ana", "bo", "cy"];
    const attestations = [attested(), attested({ person: "bo", verdict: "not_in" })];
    await attest(store, { attestations, holders: [held({ population: "staff" })] }, CLEO);
    const [begins, ends] = ["2026-11-21T13:00:00.000Z", "2026-11-21T14:00:00.000Z"];
    const shared = { begins, ends, models: ["orion-4", "vega*"] };
    await inForce(store, { ...shared, unknowns: "allow", populations: ["staff"] });
    const { restrict } = await restrictionsOn(store);
    const asking = fc.record({
      account: fc.constantFrom("acct_1", "acct_2"),
      person: fc.option(fc.constantFrom(...people), { nil: undefined }),
      model: fc.oneof(
        fc.constantFrom("orion-4", "orion-41", "vega", "vega-2", "veg", ""),
        fc.string(),
      ),
      minute: fc.integer({ min: -10, max: 200 }),
    });
    fc.assert(
      fc.property(asking, ({ account, person, model, minute }) => {
        time = Date.parse("2026-11-21T12:00:00.000Z") + minute * 60_000;
        const within =
          account === "acct_1" &&
          person === "ana" &&
          (model === "orion-4" || model.startsWith("vega")) &&
          minute >= 60 &&
          minute < 120;
        const answer = restrict({ account, model, ...(person !== undefined && { person }) });
        return (answer?.action === "deny") === within && (answer !== undefined) === within;
      }),
      { numRuns: 500 },
    );
  });
});
