/**
 * The last line of a CI run: adds up result files (Vitest's JSON reporter, `check --json`) and prints
 * `N passed, N failed`. A missing or unreadable file, or one that failed without naming a test, counts
 * as one failure. Exit code 1 where anything failed or nothing ran.
 */
import { readFileSync } from "node:fs";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** How many passed and failed. */
export interface Total {
  readonly passed: number;
  readonly failed: number;
}

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly success?: boolean;
  readonly testResults?: readonly FileResult[];
}

interface FileResult {
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

/** Counts one result file's text; undefined stands for a file that is not there. */
export function countResults(text: string | undefined): Total {
  const results = text === undefined ? undefined : parse(text);
  if (results === undefined) return { passed: 0, failed: 1 };
  const brokenFiles = (results.testResults ?? []).filter(
    (file) =>
      file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  const failed = results.numFailedTests + brokenFiles;
  const silent = failed === 0 && results.success === false ? 1 : 0;
  return { passed: results.numPassedTests, failed: failed + silent };
}

function parse(text: string): Results | undefined {
  try {
    const results = JSON.parse(text) as Partial<Results>;
    const counted = [results.numPassedTests, results.numFailedTests].every(Number.isInteger);
    return counted ? (results as Results) : undefined;
  } catch {
    return undefined;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function main(files: readonly string[]): number {
  const totals = files.map((file) => countResults(read(file)));
  const passed = totals.reduce((sum, total) => sum + total.passed, 0);
  const failed = totals.reduce((sum, total) => sum + total.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  process.exitCode = main(process.argv.slice(2));
