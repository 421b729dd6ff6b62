import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silent } from "../../src/core/progress.ts";
import { scan, type ScanOptions, type ScanOutcome } from "../../src/judge/scan.ts";
import type { Truth } from "../../src/range/world.ts";
import { type World, writeWorld } from "../../src/range/write-world.ts";
import { UNTIL } from "./worlds.ts";

const SECRETS = { version: 1, keys: [{ id: "test", key: "5a".repeat(32) }] };

/** A world on disk. */
export interface WorldFiles {
  readonly exchanges: string;
  readonly accounts: string;
  readonly truth: Truth;
}

/** A temporary folder with files and data folders, all of one installation. */
export interface ScanBench {
  /** Writes a file and returns its path. */
  file(name: string, content: string): string;
  /** Writes a world into a folder of its own. */
  world(world: World): Promise<WorldFiles>;
  /** A new, empty data folder that holds the installation's secret. */
  dataDir(): string;
  /** Scans; a new data folder and the defaults of the command line where nothing else is given. */
  scan(options: Partial<ScanOptions>): Promise<ScanOutcome>;
  close(): void;
}

/** Opens a bench. */
export function openScanBench(): ScanBench {
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-judge-"));
  let made = 0;
  const dataDir = (): string => {
    const path = join(folder, `data-${made++}`);
    mkdirSync(path, { mode: 0o700 });
    writeFileSync(join(path, "secrets.json"), JSON.stringify(SECRETS), { mode: 0o600 });
    return path;
  };
  return {
    dataDir,
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    async world(world) {
      const written = await writeWorld(world, join(folder, `world-${made++}`), silent);
      const truth = JSON.parse(readFileSync(written.truth, "utf8")) as Truth;
      return { exchanges: written.exchanges, accounts: written.accounts, truth };
    },
    scan: (options) =>
      scan({
        files: [],
        dataDir: options.dataDir ?? dataDir(),
        tickSeconds: 3600,
        q: 0.01,
        keepTextDays: 0,
        strict: false,
        now: UNTIL,
        progress: silent,
        ...options,
      }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
