import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Group, ScanResult } from "../../src/core/assessment.ts";
import { loadCalendar } from "../../src/ingest/load-calendar.ts";
import { launch } from "../../src/range/campaigns/blueprint.ts";
import { fixedLine } from "../../src/range/campaigns/reported.ts";
import { people } from "../../src/range/demo-world.ts";
import { makeRandom } from "../../src/range/random.ts";
import { DAY, HOUR, type Span } from "../../src/range/world.ts";
import type { World } from "../../src/range/write-world.ts";
import { ndjson, type PartedLine, type SaidLine } from "../judge/parted-world.ts";
import { openScanBench, type ScanBench } from "../judge/scan-bench.ts";
import { UNTIL } from "../judge/worlds.ts";
import { serveLocally } from "./serve-locally.ts";

const TICK_SECONDS = 6 * 3_600;

type Told = SaidLine & { readonly suspended?: string };

let bench: ScanBench;
let lines: readonly PartedLine[];
/** What is said of accounts, but for suspensions; and those as a calendar's file, a line each. */
let said: readonly Told[];
let calendarFile: string;
/** What a scan says that reads the suspensions among the lines about accounts. */
let told: readonly Group[];

function linesOf<Line>(file: string): Line[] {
  const text = readFileSync(file, "utf8").trimEnd();
  return text.split("\n").map((line) => JSON.parse(line) as Line);
}

async function scanned(options: Parameters<ScanBench["scan"]>[0]): Promise<readonly Group[]> {
  const files = [bench.file("all.ndjson", ndjson(lines))];
  const { result } = await bench.scan({ files, tickSeconds: TICK_SECONDS, ...options });
  return result.groups;
}

/** Twenty accounts that one operator drives for three days, replaced by twenty others when they are suspended. */
function bannedWorld(): World {
  const span: Span = { from: UNTIL.getTime() - 3 * DAY, until: UNTIL.getTime() };
  const random = makeRandom("banned");
  const parts = [
    people(random.fork("people"), span, 60),
    launch(random.fork("fixed line"), fixedLine, {
      span,
      id: "campaign-1",
      accounts: 40,
      window: span,
      dials: { perDay: 13 },
    }),
  ];
  return { seed: "banned", span, parts, expected: 1500 };
}

beforeAll(async () => {
  bench = openScanBench();
  const world = await bench.world(bannedWorld());
  lines = linesOf(world.exchanges);
  const all = linesOf<Told>(world.accounts);
  said = all.filter(({ suspended }) => suspended === undefined);
  const suspensions = all.flatMap(({ account, suspended: time }) =>
    time === undefined ? [] : [{ kind: "suspension", time, accounts: [account] }],
  );
  calendarFile = bench.file("calendar.ndjson", ndjson(suspensions));
  told = await scanned({ accounts: world.accounts });
});
afterAll(() => bench.close());

describe("a calendar's suspensions", () => {
  it("say in a scan what lines about the accounts say", async () => {
    const accounts = bench.file("said.ndjson", ndjson(said));
    const events = (groups: readonly Group[]) =>
      groups.flatMap(({ history }) => history.map(({ event }) => event));
    expect(events(told)).toContain("suspended");
    expect(events(await scanned({ accounts }))).not.toContain("suspended");
    expect(await scanned({ accounts, calendar: loadCalendar(calendarFile) })).toEqual(told);
  });

  it("say the same to a judge on a clock, whenever lines about the accounts come", async () => {
    const serving = await serveLocally(bench.dataDir(), {
      now: () => new Date(UNTIL.getTime() + DAY),
      judging: {
        q: 0.01,
        tickSeconds: TICK_SECONDS,
        latenessSeconds: 0,
        wakeMs: 1e9,
        calendar: loadCalendar(calendarFile),
      },
    });
    try {
      const post = async (path: string, some: readonly object[]): Promise<void> => {
        const headers = { "content-type": "application/x-ndjson" };
        const body = ndjson(some);
        const answer = await fetch(`${serving.url}${path}`, { method: "POST", headers, body });
        expect(answer.status).toBe(200);
      };
      const send = async (some: readonly object[]): Promise<void> => {
        await post("/v1/exchanges", some);
        await expect.poll(() => serving.state().waitingLines, { timeout: 300_000 }).toBe(0);
        await serving.judge!.wake();
      };
      await post("/v1/accounts", said);
      const third = Math.ceil(lines.length / 3);
      for (let at = 0; at < lines.length; at += third) {
        await send(lines.slice(at, at + third));
        // Nothing new is said of an account, so nothing is late.
        await post("/v1/accounts", said);
      }
      const later = new Date(UNTIL.getTime() + 9 * HOUR).toISOString();
      const usage = { input: 1, output: 1 };
      await send([{ id: "ex_later", time: later, account: "acct_later", usage }]);
      expect(serving.judge!.state().late).toEqual({ rows: 0, lines: 0 });
      const answer = await fetch(`${serving.url}/v1/groups`);
      expect(((await answer.json()) as ScanResult).groups).toEqual(told);
    } finally {
      await serving.close();
    }
  });
});
