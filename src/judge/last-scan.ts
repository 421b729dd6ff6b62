import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ScanResult } from "../core/assessment.ts";
import { StillwatchError } from "../core/errors.ts";

/** What a data folder keeps of its last scan. */
export interface LastScan {
  /** When it ended, ISO 8601; null for a result that comes from elsewhere. */
  readonly scanned_at: string | null;
  readonly result: ScanResult;
}

const FILE = "last-scan.json";

/** Keeps a scan as the data folder's last, whole or not at all. Throws SW_DATA_UNUSABLE. */
export function keepLastScan(dataDir: string, scan: LastScan): void {
  const path = join(dataDir, FILE);
  try {
    writeFileSync(`${path}.part`, JSON.stringify(scan), { mode: 0o600 });
    renameSync(`${path}.part`, path);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw new StillwatchError("SW_DATA_UNUSABLE", { path, reason }, cause);
  }
}

/** A data folder's last scan. Throws SW_SCAN_MISSING where it keeps none, SW_SCAN_UNREADABLE. */
export function readLastScan(dataDir: string): LastScan {
  let text: string;
  try {
    text = readFileSync(join(dataDir, FILE), "utf8");
  } catch (cause) {
    throw new StillwatchError("SW_SCAN_MISSING", { path: dataDir }, cause);
  }
  const scan = parsed(text) as Partial<LastScan> | undefined;
  if (isResult(scan?.result)) return scan as LastScan;
  throw new StillwatchError("SW_SCAN_UNREADABLE", { path: join(dataDir, FILE) });
}

/** Whether a data folder's last scan names an account anywhere. */
export function lastScanNames(dataDir: string, account: string): boolean {
  try {
    return readFileSync(join(dataDir, FILE), "utf8").includes(JSON.stringify(account));
  } catch {
    return false;
  }
}

/** Removes a data folder's last scan where it names any of these accounts; says whether it did. */
export function forgetLastScanOf(dataDir: string, accounts: readonly string[]): boolean {
  const names = accounts.some((account) => lastScanNames(dataDir, account));
  if (names) rmSync(join(dataDir, FILE), { force: true });
  return names;
}

/** What `scan --json` wrote, as a last scan. Throws SW_INPUT_MISSING, SW_SCAN_UNREADABLE. */
export function readScanFile(path: string): LastScan {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new StillwatchError("SW_INPUT_MISSING", { path }, cause);
  }
  const result = parsed(text);
  if (!isResult(result)) throw new StillwatchError("SW_SCAN_UNREADABLE", { path });
  return { scanned_at: null, result };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A look at the outside: what is inside was written by a scan. */
function isResult(value: unknown): value is ScanResult {
  const result = value as Partial<ScanResult> | null | undefined;
  return result?.version === 1 && Array.isArray(result.groups);
}
