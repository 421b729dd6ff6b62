import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silent } from "../../../src/core/progress.ts";
import { loadSecret } from "../../../src/ingest/installation-secret.ts";
import { attest } from "../../../src/ledger/directives/attest.ts";
import { draftDirective, exemptFrom } from "../../../src/ledger/directives/set-directives.ts";
import { writeWorld } from "../../../src/range/write-world.ts";
import { dryRun } from "../../../src/response/directives/dry-run.ts";
import { openRestrictions } from "../../../src/response/directives/open-restrictions.ts";
import { type IntakeBench, openBench } from "../../ingest/intake-bench.ts";
import {
  attested,
  CLEO,
  directiveBench,
  draft,
  held,
  inForce,
} from "../../ledger/directive-bench.ts";
import { plantedWorld } from "../../judge/worlds.ts";

interface Line {
  readonly account: string;
  readonly model: string;
  readonly end_user?: string;
  readonly credential?: string;
}

const place = directiveBench();
const now = () => new Date("2026-11-21T12:00:00.000Z");
let bench: IntakeBench;
let lines: readonly Line[];

beforeAll(async () => {
  bench = await openBench();
  const world = { ...plantedWorld(7), expected: 800 };
  const { exchanges } = await writeWorld(world, `${bench.dataDir}-world`, silent);
  const made = readFileSync(exchanges, "utf8").trimEnd().split("\n");
  // People of one aggregator, too: every fifth exchange is some end user's.
  const text = made.map((line, i) => {
    const one = { ...(JSON.parse(line) as object & { account: string }) };
    return JSON.stringify(i % 5 === 0 ? { ...one, account: "hub", end_user: `u${i % 35}` } : one);
  });
  await bench.load([bench.file("world.ndjson", text.join("\n"))], { now: now() });
  lines = text.map((line) => JSON.parse(line) as Line);
});
afterAll(() => bench.close());

describe("a dry run", () => {
  it("says of a world's traffic exactly what the directive would have refused", async () => {
    const store = await (await place()).open(now);
    const [first = "", second = ""] = [...new Set(lines.map(({ account }) => account))].filter(
      (account) => account !== "hub",
    );
    const hub = { scope: "organization", name: "org_hub" } as const;
    await attest(
      store,
      {
        attestations: [
          attested({ ...hub, person: "u0" }),
          attested({ ...hub, person: "u5", verdict: "not_in" }),
          attested({ ...hub, person: "u10" }),
          attested({ name: first, person: "" }),
          attested({ name: second, person: "", verdict: "not_in" }),
        ],
        holders: [
          held({ name: "hub", organization: "org_hub" }),
          held({ name: second, population: "staff" }),
        ],
      },
      CLEO,
    );
    const [model = ""] = lines.map((line) => line.model);
    const models = [`${model.slice(0, -1)}*`];
    const number = await inForce(store, { models, unknowns: "verify" });
    const until = "2027-01-01T00:00:00.000Z";
    const whom = { scope: "account", name: "hub", person: "u10" } as const;
    await exemptFrom(store, { number, ...whom, until, reason: "licence", by: CLEO });
    const secret = await loadSecret(bench.dataDir);
    const run = await dryRun(store, number, { warehouse: bench.warehouse, secret });

    const onFailure = () => {};
    const restrictions = await openRestrictions({
      directives: store,
      now,
      clock: () => 0,
      staleAfterMs: Infinity,
      everyMs: 1e9,
      onFailure,
    });
    const expected = new Map<string, number>();
    for (const { account, end_user, credential, model: asked } of lines) {
      const answer = restrictions.restrict({
        account,
        model: asked,
        ...(end_user && { person: end_user }),
        ...(credential && { credential }),
      });
      if (answer === undefined) continue;
      const named = ["u0", "u5", "u10"].includes(end_user ?? "") ? end_user : "";
      const key = `${account}/${named}/${answer.action}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    await restrictions.close();
    const said = run.loses.map(({ account, person, action, exchanges }) => [
      `${account}/${person ?? ""}/${action}`,
      exchanges,
    ]);
    expect(Object.fromEntries(said)).toEqual(Object.fromEntries(expected));
    expect(said).toHaveLength(expected.size);
    expect(expected.get("hub/u0/deny")).toBeGreaterThan(0);
    expect(expected.get(`${first}//deny`)).toBeGreaterThan(0);
    const others = run.loses.find(({ account, person }) => account === "hub" && person === null);
    expect(others).toMatchObject({ organization: "org_hub", persons: 4, why: "unknown" });
    expect(run.keep.exempt).toBeGreaterThan(0);
    expect(run.keep.not_in).toBeGreaterThan(0);
    expect(run.models.find((one) => one.model === model)?.covered).toBe(true);
    const all = run.models.reduce((sum, { exchanges }) => sum + exchanges, 0);
    expect(all).toBe(lines.length);
    expect(run.to).toBe("2026-11-19");
  });

  it("says so where no such model was asked", async () => {
    const store = await (await place()).open(now);
    const number = await draftDirective(store, draft({ models: ["no-such-model"] }));
    const secret = await loadSecret(bench.dataDir);
    const { loses, keep, models } = await dryRun(store, number, {
      warehouse: bench.warehouse,
      secret,
    });
    expect(loses).toEqual([]);
    expect(keep).toEqual({ not_in: 0, unknown: 0, exempt: 0, outside: 0 });
    expect(models.every(({ covered }) => !covered)).toBe(true);
  });
});
