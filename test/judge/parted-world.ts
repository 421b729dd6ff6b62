import { readFileSync } from "node:fs";
import { launch } from "../../src/range/campaigns/blueprint.ts";
import { agenticHarvest } from "../../src/range/campaigns/reported.ts";
import { makeRandom, type Random } from "../../src/range/random.ts";
import { DAY, HOUR } from "../../src/range/world.ts";
import type { ScanBench } from "./scan-bench.ts";
import { plantedWorld } from "./worlds.ts";

/** A line of exchanges, whole or a part of one. */
export interface PartedLine {
  readonly id: string;
  readonly account: string;
  readonly time: string;
  readonly part?: string;
  readonly request?: unknown;
  readonly response?: unknown;
  readonly usage?: unknown;
}

/** A line about an account. */
export interface SaidLine {
  readonly account: string;
  readonly time?: string;
}

/** Two operations among people, of which a judge learns bit by bit: answers come late, and private means are said late. */
export async function partedWorld(
  bench: ScanBench,
  name: string,
): Promise<{ readonly lines: readonly PartedLine[]; readonly said: readonly SaidLine[] }> {
  const random = makeRandom(name);
  const planted = plantedWorld(6);
  const agents = launch(random.fork("agents"), agenticHarvest, {
    span: planted.span,
    id: "campaign-2",
    accounts: 24,
    window: planted.span,
    dials: { perDay: 8 },
  });
  const world = await bench.world({ ...planted, parts: [...planted.parts, agents] });
  return {
    lines: linesOf<PartedLine>(world.exchanges).flatMap((line) => inParts(line, random)),
    said: linesOf<SaidLine>(world.accounts).flatMap((line) =>
      inTwo(line, random, planted.span.from),
    ),
  };
}

/** As lines of JSON. */
export function ndjson(some: readonly object[]): string {
  return some.map((line) => `${JSON.stringify(line)}\n`).join("");
}

function linesOf<Line>(file: string): Line[] {
  const text = readFileSync(file, "utf8").trimEnd();
  return text.split("\n").map((line) => JSON.parse(line) as Line);
}

/** A third of the exchanges come in parts, their answers up to three hours after the request. */
function inParts(line: PartedLine, random: Random): PartedLine[] {
  if (!random.chance(1 / 3)) return [line];
  const { request, response, usage, ...envelope } = line;
  const after = (most: number): string =>
    new Date(Date.parse(line.time) + random.whole(1, most)).toISOString();
  return [
    { ...envelope, part: "request", request },
    { ...envelope, part: "response", response, time: after(3 * HOUR) },
    { ...envelope, part: "usage", usage, time: after(3 * HOUR) },
  ];
}

/** Of half of the accounts the private means are said days later. */
function inTwo(line: SaidLine, random: Random, from: number): SaidLine[] {
  if (line.time !== undefined || random.chance(0.5)) return [line];
  const { payment: _, device: __, ...first } = line as SaidLine & Record<string, unknown>;
  const time = new Date(from + random.whole(0, 4 * DAY)).toISOString();
  return [first, { ...line, time }];
}
