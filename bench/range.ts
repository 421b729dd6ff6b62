/**
 * How fast a world is written, in how much memory, and how much its people repeat each other.
 * Usage: npm run bench -- range [--exchanges 200000] [--seed 1] [--texts FOLDER] [--only speed|direct|repeats]
 * Worlds are written as files under the temporary folder: people alone, and the demonstration world with its operations
 * and look-alikes, by one thread and by two. Each is made in a process of its own; the rows of people over a longer time
 * have four times the traffic of as many people, to show that memory follows people and not traffic. Seconds are wall seconds of streaming; beside them the
 * processor seconds of the whole process, which a busy machine inflates less. With --texts, repeats are those of the
 * folder's texts, by owner where the files name one.
 * With --only direct: the campaign of 25,000 accounts at its reported size, as many exchanges of it as asked for, as
 * files by two threads and straight into the warehouse, and four times as many; processor seconds are of all processes.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { isMainThread } from "node:worker_threads";
import { silent } from "../src/core/progress.ts";
import { loadSecret } from "../src/ingest/installation-secret.ts";
import { asCampaign } from "../src/range/campaigns/blueprint.ts";
import { fixedLine } from "../src/range/campaigns/reported.ts";
import { demoWorld, people } from "../src/range/demo-world.ts";
import { writeDirect } from "../src/range/direct/write-direct.ts";
import { mergeByTime } from "../src/range/merge-by-time.ts";
import { makePerson, personActor } from "../src/range/person.ts";
import { makeRandom } from "../src/range/random.ts";
import type { Language } from "../src/range/texts/language.ts";
import { LANGUAGES } from "../src/range/texts/languages.ts";
import { measureRepeats, type Repeats } from "../src/range/texts/measure-repeats.ts";
import { readTexts } from "../src/range/texts/read-texts.ts";
import { DAY, type Span } from "../src/range/world.ts";
import type { WorldRecipe } from "../src/range/write-shards.ts";
import { writeWorld, type World } from "../src/range/write-world.ts";
import { openWarehouse } from "../src/warehouse/open-warehouse.ts";
import { childrenSeconds, peakMemory } from "./material/peak-memory.ts";

const { values } = parseArgs({
  options: {
    exchanges: { type: "string", default: "200000" },
    seed: { type: "string", default: "1" },
    texts: { type: "string" },
    only: { type: "string" },
    world: { type: "string" },
    threads: { type: "string" },
  },
});
const exchanges = Number(values.exchanges);
const UNTIL = Date.UTC(2026, 10, 20);
/** Exchanges that a thousand people make in a day. */
const THOUSAND_A_DAY = 1300;

interface Written {
  readonly exchanges: number;
  readonly bytes: number;
  readonly accounts: number;
  readonly seconds: number;
  readonly processor: number;
  readonly megabytes: number;
}

if (!isMainThread) {
  // A thread that is here for `benchWorld` alone.
} else if (values.world !== undefined) process.stdout.write(`${JSON.stringify(await write())}\n`);
else {
  if (values.only === undefined || values.only === "speed") speed();
  if (values.only === undefined || values.only === "direct") direct();
  if (values.only === undefined || values.only === "repeats") repeats();
}

/** A world of the benchmark: threads call it again. */
export function benchWorld(name: string, seed: string, wanted: number): World {
  if (name.startsWith("campaign"))
    return campaign(seed, name.endsWith("longer") ? 4 * wanted : wanted);
  const days = name === "people, longer" ? 40 : 10;
  const count = Math.round((1000 * wanted) / THOUSAND_A_DAY / 10);
  if (name === "demo") return demoWorld(seed, new Date(UNTIL), wanted / 100_000);
  const span: Span = { from: UNTIL - days * DAY, until: UNTIL };
  const random = makeRandom(`bench ${seed}`);
  return { seed, span, parts: [people(random, span, count)], expected: wanted };
}

/** The fixed-line operation at its reported size, over as much of its time as makes so many exchanges. */
function campaign(seed: string, wanted: number): World {
  const days = wanted / (fixedLine.reported.exchanges / fixedLine.reported.days);
  const span: Span = { from: UNTIL - days * DAY, until: UNTIL };
  const random = makeRandom(`bench campaign ${seed}`);
  const part = asCampaign(fixedLine).make(random, { span, id: "campaign", scale: 1 });
  return { seed, span, parts: [part], expected: wanted };
}

async function write(): Promise<Written> {
  const parameters = [values.world ?? "demo", values.seed, exchanges] as const;
  const world = benchWorld(...parameters);
  const recipe = { module: import.meta.url, make: "benchWorld", parameters };
  if (values.threads === "warehouse") return writeIntoWarehouse(world, recipe);
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-range-"));
  try {
    const from = performance.now();
    const { counts } = await writeWorld(
      world,
      folder,
      silent,
      values.threads === "2" ? recipe : undefined,
    );
    const seconds = (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage();
    return { ...counts, seconds, processor: (user + system) / 1e6, megabytes: peakMemory().own };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeIntoWarehouse(world: World, recipe: WorldRecipe): Promise<Written> {
  const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-range-"));
  try {
    const warehouse = await openWarehouse({ dataDir });
    const secret = await loadSecret(dataDir);
    const from = performance.now();
    const options = { world, recipe, warehouse, dataDir, secret, progress: silent };
    const { counts } = await writeDirect(options);
    const seconds = (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage();
    const { own, children } = peakMemory();
    const processor = (user + system) / 1e6 + childrenSeconds();
    await warehouse.close();
    return { ...counts, bytes: 0, seconds, processor, megabytes: own + children };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function speed(): void {
  const worlds = ["people", "people, longer", "demo"].flatMap((name) => [
    { name, threads: "1" },
    { name, threads: "2" },
  ]);
  const rows = worlds.map(({ name, threads }) => {
    const it = measure(name, threads);
    return [
      name.padEnd(15),
      threads.padStart(7),
      String(it.accounts).padStart(9),
      String(it.exchanges).padStart(10),
      (it.bytes / 1e6).toFixed(0).padStart(7),
      it.seconds.toFixed(1).padStart(8),
      it.processor.toFixed(1).padStart(12),
      Math.round(it.exchanges / it.seconds)
        .toLocaleString("en")
        .padStart(12),
      (it.bytes / 1e6 / it.seconds).toFixed(0).padStart(6),
      String(it.megabytes).padStart(8),
    ].join(" ");
  });
  print([
    "worlds written as files",
    "world           threads  accounts  exchanges      MB  seconds  processor s  exchanges/s   MB/s  peak MB",
    ...rows,
    "",
  ]);
}

/** One way to write one world, in a process of its own. */
function measure(name: string, threads: string): Written {
  const { stdout } = spawnSync(
    process.execPath,
    [import.meta.filename, ...process.argv.slice(2), "--world", name, "--threads", threads],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  );
  return JSON.parse(stdout) as Written;
}

function direct(): void {
  const ways = [
    ["files", "campaign", "2"],
    ["warehouse", "campaign", "warehouse"],
    ["warehouse, longer", "campaign, longer", "warehouse"],
  ] as const;
  let files = 0;
  const rows = ways.map(([way, name, threads]) => {
    const it = measure(name, threads);
    const each = (it.processor * 1e6) / it.exchanges;
    files ||= each;
    return [
      way.padEnd(17),
      String(it.accounts).padStart(9),
      String(it.exchanges).padStart(10),
      it.seconds.toFixed(1).padStart(8),
      Math.round(it.exchanges / it.seconds)
        .toLocaleString("en")
        .padStart(12),
      each.toFixed(1).padStart(17),
      (files / each).toFixed(2).padStart(15),
      String(it.megabytes).padStart(8),
    ].join(" ");
  });
  print([
    "one campaign at its reported size, all of it in the processes that write it",
    "way                accounts  exchanges  seconds  exchanges/s  processor us each  against files  peak MB",
    ...rows,
    "",
  ]);
}

function repeats(): void {
  const heading =
    "          people  texts  texts shared with: one other   anyone  shingles shared with: one other   anyone  pairs linked";
  const rows =
    values.texts === undefined
      ? LANGUAGES.map(([language]) => row(language.code, measureRepeats(firstTurns(language, 700))))
      : [row("folder", measureRepeats(byOwner(values.texts)))];
  print([
    "how much unrelated people repeat each other, first turns, up to three each",
    heading,
    ...rows,
  ]);
}

function row(name: string, it: Repeats): string {
  const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`;
  return [
    name.padEnd(8),
    String(it.people).padStart(7),
    String(it.texts).padStart(6),
    percent(it.textsPair, 4).padStart(29),
    percent(it.textsCrowd, 1).padStart(8),
    percent(it.shinglesPair, 4).padStart(32),
    percent(it.shinglesCrowd, 1).padStart(8),
    percent(it.linkedPairs, 3).padStart(13),
  ].join(" ");
}

/** Up to three first turns of `count` people of one language. */
function firstTurns(language: Language, count: number): string[][] {
  const span: Span = { from: UNTIL - 14 * DAY, until: UNTIL };
  const random = makeRandom(`repeats ${values.seed} ${language.code}`);
  const crowd = Array.from({ length: count }, (_unused, index) => {
    const person = makePerson(random, { span, language, daily: 0.2 });
    const drafts = mergeByTime([personActor(person, span, random.fork(String(index)))]);
    return [...drafts].flatMap(({ draft: { messages } }) =>
      messages.length === 1 ? [messages[0]?.text ?? ""] : [],
    );
  });
  return crowd.filter((own) => own.length > 0).map((own) => own.slice(0, 3));
}

/** First turns of a folder's texts by their owners; every text its own owner where none are named. */
function byOwner(folder: string): string[][] {
  const owners = new Map<string, string[]>();
  readTexts(folder).forEach(({ owner, asked }, i) => {
    const key = owner.includes("\n") ? owner : `${owner}\n${i}`;
    owners.set(key, [...(owners.get(key) ?? []), asked[0] ?? ""]);
  });
  return [...owners.values()].map((own) => own.slice(0, 3));
}

function print(rows: readonly string[]): void {
  process.stdout.write(`${rows.join("\n")}\n`);
}
