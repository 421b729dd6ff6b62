import { expect, it } from "vitest";
import { launch } from "../../src/range/campaigns/blueprint.ts";
import { CAMPAIGNS } from "../../src/range/campaigns/catalog.ts";
import { lowAndSlow } from "../../src/range/campaigns/reported.ts";
import { people } from "../../src/range/demo-world.ts";
import { mergeByTime } from "../../src/range/merge-by-time.ts";
import { makeRandom } from "../../src/range/random.ts";
import { adoptReleases } from "../../src/range/release.ts";
import { DAY } from "../../src/range/world.ts";
import { runWorld } from "../../src/range/write-world.ts";
import { byAccount, runPart, SPAN } from "./operation-run.ts";

it("counts in the truth what each operation sent, hour by hour, cover left out", () => {
  const maker = CAMPAIGNS.find(({ id }) => id === "shared-pool")!;
  const make = () =>
    maker.make(makeRandom("truth"), { span: SPAN, id: "pool", scale: 0.004, dials: { perDay: 8 } });
  const { lines, truth } = runWorld({ seed: "s", span: SPAN, parts: [make()], expected: 1 });
  const total = [...lines].length;
  const run = runPart(make());
  expect(truth().campaigns.map(({ id }) => id)).toEqual(["pool-a", "pool-b", "pool-c"]);
  for (const campaign of truth().campaigns) {
    const own = run.own.filter(({ draft }) => draft.campaign === campaign.id);
    expect(campaign.exchanges).toBe(own.length);
    expect(campaign.hours.reduce((a, b) => a + b, 0)).toBe(own.length);
    expect(campaign.accounts).toEqual([...byAccount(own).keys()].toSorted());
  }
  expect(truth().campaigns.reduce((sum, { exchanges }) => sum + exchanges, 0)).toBeLessThan(total);
});

it("takes its time from the world where the world is shorter than the campaign was", () => {
  const span = { from: SPAN.from, until: SPAN.from + DAY };
  const part = launch(makeRandom("short"), lowAndSlow, { span, id: "x", accounts: 60 });
  const times = [...mergeByTime(part.actors)].map(({ time }) => time);
  expect(times.length).toBeGreaterThan(60);
  expect(times[0]).toBeGreaterThanOrEqual(span.from);
  expect(times.at(-1)).toBeLessThan(span.until);
});

it("moves half of the ordinary accounts on a larger model to a released one, over weeks, and no operation's request", () => {
  const at = SPAN.from + 4 * DAY;
  const adopt = adoptReleases([{ at, model: "orion-5" }]);
  const part = people(makeRandom("release"), SPAN, 300);
  const moved = new Map<string, boolean>();
  for (const { time, draft } of mergeByTime(part.actors)) {
    const { model } = adopt(draft, time);
    if (time < at) expect(model).toBe(draft.model);
    if (time > at + 8 * DAY && draft.model === "orion-4")
      moved.set(draft.account, model === "orion-5");
    expect(adopt({ ...draft, campaign: "x" }, time).model).toBe(draft.model);
  }
  const share = [...moved.values()].filter(Boolean).length / moved.size;
  expect(share).toBeGreaterThan(0.25);
  expect(share).toBeLessThan(0.55);
});
