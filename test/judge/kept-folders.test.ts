import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { backUp, restore } from "../../src/judge/back-up.ts";
import type { ScanOutcome } from "../../src/judge/scan.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open-warehouse.ts";
import type { Statement } from "../../src/warehouse/statement.ts";
import { runHere } from "../cli/run-here.ts";
import { openScanBench, type ScanBench, type WorldFiles } from "./scan-bench.ts";
import { plantedWorld } from "./worlds.ts";

/** Migrations that earlier releases ended with; each release adds its own. 15: before text was sealed and lines had a day. */
const RELEASED = [15];
const SCHEMA = fileURLToPath(new URL("../../sql/schema", import.meta.url));
/** A machine that has other things to do takes its time. */
const PATIENCE_MS = 240_000;
const NOW = new Date("2026-11-21T00:00:00Z");

let bench: ScanBench;
let world: WorldFiles;
let dataDir: string;
let first: ScanOutcome;
let queries = 0;

beforeAll(async () => {
  bench = openScanBench();
  world = await bench.world(plantedWorld(3));
  dataDir = bench.dataDir();
  const lines = readFileSync(world.accounts, "utf8").trimEnd().split("\n");
  const about = lines.map((line) =>
    JSON.stringify({ ...(JSON.parse(line) as object), text: "keep" }),
  );
  const accounts = bench.file("keeping.ndjson", about.join("\n"));
  first = await bench.scan({ files: [world.exchanges], accounts, dataDir, keepTextDays: 7 });
}, PATIENCE_MS);
afterAll(() => bench.close());

const text = ({ result, details }: ScanOutcome): string =>
  JSON.stringify([result, details], null, 1);

async function using<T>(
  options: Parameters<typeof openWarehouse>[0],
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const warehouse = await openWarehouse(options);
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

function ask(warehouse: Warehouse, query: string): Promise<readonly Record<string, unknown>[]> {
  const file = bench.file(`query-${queries++}.sql`, query);
  const statement: Statement<Record<string, never>, Record<string, unknown>> = {
    name: "query of a test",
    file,
  };
  return warehouse.rows(statement, {});
}

/** A data folder as a release with so many migrations would have left it, with the rows of today's. */
async function folderOf(release: number): Promise<string> {
  const folder = bench.dataDir();
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(dataDir, "secrets.json"), join(folder, "secrets.json"));
  const schemaFolder = join(folder, "..", `schema-${release}`);
  mkdirSync(schemaFolder);
  for (const file of readdirSync(SCHEMA).filter((name) => Number(name.slice(0, 3)) <= release))
    copyFileSync(join(SCHEMA, file), join(schemaFolder, file));
  await using({ dataDir: folder, schemaFolder }, async (old) => {
    for (const table of [
      "exchanges",
      "accounts",
      "rejected",
      "pairs",
      "issued",
      "activity",
      "shared",
    ] as const) {
      const columns = await ask(
        old,
        `SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '${table}'`,
      );
      const names = columns.map(({ name }) => `\`${String(name)}\``).join(", ");
      const rows = await using({ dataDir }, (today) => ask(today, `SELECT ${names} FROM ${table}`));
      await old.insert(table, rows);
    }
  });
  return folder;
}

describe.each(RELEASED)("a folder of a release with %d migrations", (release) => {
  let old: string;
  beforeAll(async () => {
    old = await folderOf(release);
  }, PATIENCE_MS);

  it("is brought up to date when it is opened, and judged the same", async () => {
    const again = await bench.scan({ files: [], dataDir: old });
    expect(text(again)).toBe(text(first));
    const files = readdirSync(SCHEMA).length;
    await using({ dataDir: old }, async (warehouse) => {
      expect(await ask(warehouse, "SELECT count() AS n FROM migrations")).toEqual([
        { n: String(files) },
      ]);
    });
  });

  it("takes more lines, and the same ones as repeats", async () => {
    const again = await bench.scan({
      files: [world.exchanges],
      accounts: world.accounts,
      dataDir: old,
    });
    expect(again.intake).toMatchObject({ accepted: 0, repeats: first.intake.accepted });
    expect(text(again)).toBe(text(first));
  });

  it("keeps what it knows of accounts as if it had heard of them on that day", async () => {
    await using({ dataDir: old }, async (warehouse) => {
      const [row] = await ask(
        warehouse,
        "SELECT countIf(heard >= today() - 1) AS today, count() AS all FROM accounts",
      );
      expect(row?.["today"]).toBe(row?.["all"]);
      expect(Number(row?.["all"])).toBeGreaterThan(100);
    });
  });
});

describe("a backup", () => {
  let to: string;
  beforeAll(async () => {
    to = `${bench.dataDir()}-backup`;
    writeFileSync(join(dataDir, "tokens.json"), '{"version":1,"tokens":[]}', { mode: 0o600 });
    const ledger = await openLedger({ dataDir, now: () => NOW });
    const entry = { actor: "user:ana", action: "case.confirmed", object: "case:c1" };
    await ledger.change(({ record }) => Promise.resolve(record(entry)));
    // Another command may have it open meanwhile.
    await backUp({ dataDir, to, now: NOW, progress: silent });
    await ledger.close();
  }, PATIENCE_MS);

  it("is a folder that only its owner can enter, with the folder's files and no kept text", async () => {
    expect(statSync(to).mode & 0o777).toBe(0o700);
    expect(readdirSync(to).toSorted()).toEqual(["backup.json", "files", "shapes", "tables"]);
    expect(readdirSync(join(to, "files")).toSorted()).toEqual([
      "audit-checkpoint.json",
      "last-scan.json",
      "ledger-keys.json",
      "ledger.db",
      "secrets.json",
      "tokens.json",
    ]);
    expect(existsSync(join(to, "tables", "data", "default", "exchanges"))).toBe(true);
    for (const table of ["sealed_texts", "text_keys"])
      expect([
        existsSync(join(to, "tables", "data", "default", table)),
        existsSync(join(to, "shapes", "data", "default", table)),
      ]).toEqual([false, false]);
  });

  it("is restored to a folder that is judged the same, and leaves no trace of the way there", async () => {
    const again = `${bench.dataDir()}-again`;
    const said = await runHere("restore", to, "--data", again);
    expect(said).toMatchObject({ code: 0, stderr: "" });
    expect(said.stdout).toContain(`as of ${NOW.toISOString()}`);
    expect(text(await bench.scan({ files: [], dataDir: again }))).toBe(text(first));
    expect(statSync(join(again, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(existsSync(`${again}.part`)).toBe(false);
    const audit = await runHere("audit", "verify", "--data", again);
    expect(audit.code).toBe(0);
    expect(audit.stdout).toContain("1 row");
    const more = await bench.scan({ files: [world.exchanges], dataDir: again, keepTextDays: 7 });
    expect(more.intake).toMatchObject({ accepted: 0, repeats: first.intake.accepted });
  });

  it("is not written over anything, nor into the folder itself, nor restored over anything", async () => {
    const again = (where: string) => backUp({ dataDir, to: where, now: NOW, progress: silent });
    await expect(again(to)).rejects.toMatchObject({ code: "SW_BACKUP_EXISTS" });
    await expect(again(join(dataDir, "inside"))).rejects.toMatchObject({ code: "SW_USAGE" });
    await expect(restore({ from: to, dataDir })).rejects.toMatchObject({
      code: "SW_BACKUP_EXISTS",
    });
  });

  it("that is not whole is not restored", async () => {
    const broken = `${to}-broken`;
    cpSync(to, broken, { recursive: true });
    const target = `${broken}-restored`;
    rmSync(join(broken, "backup.json"));
    await expect(restore({ from: broken, dataDir: target })).rejects.toThrow(
      /backup.json is not there/,
    );
    cpSync(join(to, "backup.json"), join(broken, "backup.json"));
    const table = join(broken, "tables", "data", "default", "exchanges");
    const part = join(table, readdirSync(table)[0] ?? "");
    chmodSync(part, 0o700);
    rmSync(part, { recursive: true });
    await expect(restore({ from: broken, dataDir: target })).rejects.toThrow(/./);
    expect([existsSync(target), existsSync(`${target}.part`)]).toEqual([false, false]);
  });
});
