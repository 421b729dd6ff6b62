import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Conversations, GOES_ON } from "../../src/judge/conversations.ts";
import { adopt, readLateParts, readParents } from "../../src/judge/read-links.ts";
import { spanOfDays } from "../../src/judge/judge-traffic.ts";
import { readTraffic } from "../../src/judge/traffic-row.ts";
import type { Warehouse } from "../../src/warehouse/open-warehouse.ts";
import { echoes, idsByHash, traffic } from "../../src/warehouse/statements.gen.ts";
import { openScanBench, type ScanBench, type WorldFiles } from "./scan-bench.ts";
import { plantedWorld } from "./worlds.ts";

const TICK = 3600;
let bench: ScanBench;
let world: WorldFiles;
let lines: readonly string[];
beforeAll(async () => {
  bench = openScanBench();
  world = await bench.world(plantedWorld(1));
  lines = readFileSync(world.exchanges, "utf8").trimEnd().split("\n");
});
afterAll(() => bench.close());

/** A line of the world. */
interface Whole {
  readonly id: string;
  readonly time: string;
  readonly request: object;
  readonly response: { readonly id?: string };
  readonly usage: object;
}

interface Ask {
  readonly id: string;
  readonly time: string;
  readonly account?: string;
  readonly input?: string;
  readonly previous?: string;
  /** The response's id. */
  readonly answered?: string;
  readonly part?: string;
}

/** An exchange of OpenAI's Responses, whole or a part. */
function line({ id, time, account = "acct_1", input, previous, answered, part }: Ask): object {
  const request = input === undefined ? undefined : { input, previous_response_id: previous };
  const text = `The answer that was given at ${time} to ${account}, and long enough to be told from others.`;
  const response =
    answered === undefined
      ? undefined
      : {
          id: answered,
          output: [{ type: "message", content: [{ type: "output_text", text }] }],
          status: "completed",
          usage: { input_tokens: 9, output_tokens: 30 },
        };
  return { id, time: `2026-11-${time}Z`, account, model: "orion-4", part, request, response };
}

async function inspect(asks: readonly object[], use: (warehouse: Warehouse) => Promise<void>) {
  const file = bench.file("links.ndjson", asks.map((ask) => JSON.stringify(ask)).join("\n"));
  const { result } = await bench.scan({
    files: [file],
    inspect: ({ warehouse }) => use(warehouse),
  });
  return result;
}

/** Every request of a day by id: the answer's size, and whether it goes on. */
async function follow(warehouse: Warehouse, days: readonly string[], tick = TICK) {
  const names = new Map<bigint, { answerBytes: number; goesOn: boolean }>();
  const conversations = new Conversations();
  for (const from of days) {
    const span = spanOfDays(from, from);
    const parents = await readParents(warehouse, span);
    await readTraffic(warehouse.bytes(traffic, { ...span, tick }), (row) => {
      adopt(row, parents);
      names.set((BigInt(row.idHigh) << 32n) | BigInt(row.idLow), {
        answerBytes: row.answerBytes,
        goesOn: conversations.follow(row) === GOES_ON,
      });
    });
  }
  const hashes = [...names.keys()].map(String);
  const ids = await warehouse.rows(idsByHash, { hashes });
  return Object.fromEntries(ids.map(({ id, id_hash }) => [id, names.get(BigInt(id_hash))]));
}

const DAYS = ["2026-11-16", "2026-11-17", "2026-11-18"];
const INPUT = "Tell me something about the tides of the northern coast";

describe("a request that names an earlier answer", () => {
  it("goes on from it, whole or in parts, on whatever day, with the words of many others", async () => {
    const asks = [
      line({ id: "a1", time: "16T10:00:00", input: INPUT, answered: "resp_aaaaaaaa1" }),
      line({ id: "b1", time: "16T23:59:00", input: "Good evening", part: "request" }),
      line({ id: "b1", time: "17T00:00:30", answered: "resp_bbbbbbbb1", part: "response" }),
      line({
        id: "a2",
        time: "18T10:00:00",
        input: "Go on",
        previous: "resp_aaaaaaaa1",
        answered: "resp_aaaaaaaa2",
      }),
      line({
        id: "b2",
        time: "18T11:00:00",
        input: "Go on",
        previous: "resp_bbbbbbbb1",
        answered: "resp_bbbbbbbb2",
      }),
      line({
        id: "a3",
        time: "18T12:00:00",
        input: "Go on",
        previous: "resp_aaaaaaaa2",
        answered: "resp_aaaaaaaa3",
      }),
      line({ id: "c1", time: "18T13:00:00", input: "Go on", answered: "resp_cccccccc1" }),
    ];
    await inspect(asks, async (warehouse) => {
      const seen = await follow(warehouse, DAYS);
      const going = Object.entries(seen).filter(([, row]) => row!.goesOn);
      expect(going.map(([id]) => id).toSorted()).toEqual(["a2", "a3", "b2"]);
    });
  });

  it("goes on from nothing that was issued to another account: that is an echo", async () => {
    const asks = [
      line({ id: "a1", time: "16T10:00:00", input: INPUT, answered: "resp_aaaaaaaa1" }),
      line({
        id: "d1",
        time: "16T10:10:00",
        input: "Go on",
        account: "acct_2",
        previous: "resp_aaaaaaaa1",
      }),
    ];
    await inspect(asks, async (warehouse) => {
      expect((await follow(warehouse, DAYS))["d1"]!.goesOn).toBe(false);
      const pieces = await warehouse.rows(echoes, { until: 4_294_967_295 });
      expect(pieces.map(({ presents }) => presents)).toEqual([0, 1]);
    });
  });

  it.each([
    ["makes an operation's answers built upon, so that they are no harvest", "", "relay"],
    ["changes nothing where nobody was issued that answer", "unknown_", "campaign"],
  ])("%s", async (_, prefix, assessment) => {
    const followed = lines.flatMap((text) => {
      const { id, time, request: __, response, usage: ___, ...rest } = JSON.parse(text) as Whole;
      if (response.id === undefined) return [text];
      const request = { input: "Thank you, and now?", previous_response_id: prefix + response.id };
      const later = new Date(Date.parse(time) + 60_000).toISOString();
      return [text, JSON.stringify({ ...rest, id: `${id}_next`, time: later, request })];
    });
    expect(followed.length).toBeGreaterThan(1.5 * lines.length);
    const file = bench.file("followed.ndjson", followed.join("\n"));
    const { result } = await bench.scan({ files: [file], accounts: world.accounts });
    expect(result.groups.map((group) => group.assessment)).toEqual([assessment]);
    // A relay too says when it was known, and what had passed by then.
    const [group] = result.groups;
    expect(Date.parse(group!.detected_at ?? "")).toBeGreaterThan(Date.parse(group!.first_seen));
    expect(group!.exchanges_before_alert).toBeLessThan(group!.exchanges);
  });
});

describe("an answer that comes after midnight", () => {
  const ASKS = [
    line({ id: "m1", time: "16T23:59:50", input: INPUT, part: "request" }),
    line({ id: "m1", time: "17T00:00:20", answered: "resp_mmmmmmmm1", part: "response" }),
    // The next day counts its ids from the same number on.
    line({
      id: "m1",
      time: "17T09:00:00",
      input: "Another day, another question",
      part: "request",
    }),
    line({ id: "m1", time: "17T09:00:10", answered: "resp_mmmmmmmm2", part: "response" }),
    line({ id: "m2", time: "17T23:59:50", input: INPUT, part: "request" }),
    line({ id: "m2", time: "18T00:00:20", answered: "resp_mmmmmmmm3", part: "response" }),
  ];

  it("belongs to its request, unless its own day has one of that id", async () => {
    const { exchanges } = await inspect(ASKS, async (warehouse) => {
      const late = await readLateParts(warehouse, {
        ...spanOfDays(DAYS[2]!, DAYS[2]!),
        tick: TICK,
      });
      expect(late).toMatchObject([{ outputTokens: 30, finish: 1 }]);
      expect(new Date(late[0]!.time * 1000).toISOString()).toBe("2026-11-18T00:00:20.000Z");
      expect(new Date(late[0]!.askedAt * 1000).toISOString()).toBe("2026-11-17T23:59:50.000Z");
      const day = 86_400 * 7;
      const joined = await follow(warehouse, [DAYS[1]!], day);
      expect(joined["m2"]!.answerBytes).toBeGreaterThan(80);
    });
    expect(exchanges).toBe(3);
  });

  it("changes no group, count or token beside the same exchanges whole", async () => {
    const parts = lines.flatMap((text) => {
      const { request, response, usage, ...rest } = JSON.parse(text) as Whole;
      const time = new Date(Date.parse(rest.time) + 40 * 60_000).toISOString();
      return [
        { ...rest, part: "request", request },
        { ...rest, part: "response", response, time },
        { ...rest, part: "usage", usage, time },
      ].map((part) => JSON.stringify(part));
    });
    const split = bench.file("late.ndjson", parts.join("\n"));
    const [whole, late] = [
      (await bench.scan({ files: [world.exchanges], accounts: world.accounts })).result,
      (await bench.scan({ files: [split], accounts: world.accounts })).result,
    ];
    const figures = ({ groups, exchanges: count }: typeof whole) => [
      count,
      groups.map((g) => [g.accounts.toSorted(), g.exchanges, g.input_tokens, g.output_tokens]),
    ];
    expect(figures(late)).toEqual(figures(whole));
  });
});
