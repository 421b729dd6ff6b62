import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeDirectly } from "../../src/cli/range-directly.ts";
import type { ScanResult } from "../../src/core/assessment.ts";
import { silent } from "../../src/core/progress.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { scan } from "../../src/judge/scan.ts";
import { type DirectWorld, writeDirect } from "../../src/range/direct/write-direct.ts";
import { UNTIL } from "../../src/range/suites/stage-world.ts";
import { writeWorld } from "../../src/range/write-world.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open-warehouse.ts";
import type { Statement } from "../../src/warehouse/statement.ts";
import { directWorld } from "./direct-world.ts";

type Row = Readonly<Record<string, string | number>>;
type Query = Statement<Readonly<Record<string, never>>, Row>;

const query = (name: string): Query => ({ name, file: join(import.meta.dirname, `${name}.sql`) });
const folder = mkdtempSync(join(tmpdir(), "stillwatch-direct-"));
const SECRETS = { version: 1, keys: [{ id: "range", key: "5a".repeat(32) }] };

const RECIPE = {
  module: new URL("direct-world.ts", import.meta.url).href,
  make: "directWorld",
  parameters: ["1"],
};

interface Way {
  readonly rows: readonly Row[];
  readonly prints: Row;
  readonly result: ScanResult;
}

let [landed, direct]: (Way | undefined)[] = [];
let made: DirectWorld | undefined;
let again: Row | undefined;

beforeAll(async () => {
  const files = await writeWorld(directWorld("1"), folder, silent);
  landed = await judge("landed", [files.exchanges], files.accounts);
  made = await compose("direct");
  direct = await judge("direct", []);
  await compose("again");
  again = await inspect("again", async (warehouse) => (await prints(warehouse)) as Row);
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("holds the same requests as the world's files: who, when, what model, what intent, how much", () => {
  expect(direct!.rows.length).toBeGreaterThan(2000);
  expect(direct!.rows).toEqual(landed!.rows);
  expect(made!.counts.exchanges).toBe(direct!.rows.length);
});

it("has as many keys and tokens as the files give, and its conversations go on as they do", () => {
  expect(direct!.prints["traits"]).toBe(landed!.prints["traits"]);
  const ratio = (name: string) => Number(direct!.prints[name]) / Number(landed!.prints[name]);
  expect(Math.abs(ratio("tokens") - 1)).toBeLessThan(0.05);
  // Shingles are a sample by hashes, which the two ways make differently: a template many share is in it or not.
  expect(Math.abs(Math.log2(ratio("shingles")))).toBeLessThan(1);
  expect(direct!.prints["ids"]).toEqual(landed!.prints["ids"]);
  for (const name of ["later", "followed"]) expect(direct!.prints[name]).toBe(landed!.prints[name]);
});

it("is not mixed with what a folder holds already", async () => {
  const make = { world: directWorld("1"), recipe: RECIPE, folder, progress: silent };
  await expect(makeDirectly({ ...make, dataDir: join(folder, "direct") })).rejects.toThrow(
    /holds exchanges already/,
  );
});

it("is written the same way twice, whatever the threads do", () => {
  expect(again).toEqual(direct!.prints);
});

it("is assessed as the world's files are: the same operations, nine tenths of their accounts, no look-alike", () => {
  const ways = [flagged(landed!), flagged(direct!)] as const;
  const found = made!.truth.campaigns.map(({ accounts }) =>
    ways.map((way) => new Set(accounts.filter((account) => way.has(account)))),
  );
  expect(found.length).toBe(2);
  for (const [one, two] of found) {
    expect(one!.size).toBeGreaterThan(20);
    expect(one!.intersection(two!).size).toBeGreaterThanOrEqual(0.9 * one!.union(two!).size);
  }
  const lookalikes = made!.truth.lookalikes.flatMap(({ accounts }) => accounts);
  expect(lookalikes.length).toBeGreaterThan(50);
  for (const way of ways) expect(lookalikes.filter((account) => way.has(account))).toEqual([]);
});

function dataFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { mode: 0o700 });
  writeFileSync(join(path, "secrets.json"), JSON.stringify(SECRETS), { mode: 0o600 });
  return path;
}

async function compose(name: string): Promise<DirectWorld> {
  const dataDir = dataFolder(name);
  const warehouse = await openWarehouse({ dataDir });
  const recipe = RECIPE;
  const secret = await loadSecret(dataDir);
  const world = directWorld("1");
  const written = await writeDirect({
    world,
    recipe,
    warehouse,
    dataDir,
    secret,
    progress: silent,
  });
  await warehouse.close();
  return written;
}

async function judge(name: string, files: readonly string[], accounts?: string): Promise<Way> {
  const dataDir = files.length === 0 ? join(folder, name) : dataFolder(name);
  let seen: Pick<Way, "rows" | "prints"> | undefined;
  const { result } = await scan({
    files,
    ...(accounts === undefined ? {} : { accounts }),
    dataDir,
    tickSeconds: 3600,
    q: 0.01,
    keepTextDays: 0,
    strict: true,
    now: new Date(UNTIL),
    progress: silent,
    inspect: async ({ warehouse }) => {
      const rows = await warehouse.rows(query("direct-rows"), {});
      seen = { rows, prints: (await prints(warehouse)) as Row };
    },
  });
  return { ...seen!, result };
}

async function inspect<T>(name: string, use: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await openWarehouse({ dataDir: join(folder, name) });
  try {
    return await use(warehouse);
  } finally {
    await warehouse.close();
  }
}

async function prints(warehouse: Warehouse): Promise<Row | undefined> {
  return (await warehouse.rows(query("direct-fingerprints"), {}))[0];
}

function flagged({ result }: Way): Set<string> {
  const flags = result.groups.filter(({ assessment }) =>
    ["campaign", "relay"].includes(assessment),
  );
  return new Set(flags.flatMap(({ accounts }) => accounts));
}
