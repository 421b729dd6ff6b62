/**
 * `npm run docs:site`: renders docs/ and the project's own pages to site/out, a folder of plain files that opens
 * without a server. Installs site/ first where its lock changed. `--out DIR` writes elsewhere. Exit code 1 where a
 * link leads nowhere or a page would load something from another host.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { searchEntries, searchScript } from "./site/search-index.ts";
import { type WrittenPage, siteProblems } from "./site/site-check.ts";

const SITE = join(import.meta.dirname, "../site");

function main(): number {
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  const out = values.out === undefined ? join(SITE, "out") : resolve(values.out);
  rmSync(out, { recursive: true, force: true });
  if (!installed()) run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
  const eleventy = join(SITE, "node_modules/@11ty/eleventy/cmd.cjs");
  const words = ["--config=eleventy.config.ts", "--quiet", `--output=${relative(SITE, out)}`];
  run(process.execPath, [eleventy, ...words]);
  const pages = writtenPages(out);
  const entries = searchEntries(pages);
  writeFileSync(join(out, "search-index.js"), searchScript(entries));
  const problems = siteProblems(pages, (url) => existsSync(join(out, url)));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(
    `${pages.length} pages, ${entries.length} sections to search: ${relative(process.cwd(), join(out, "index.html"))}\n`,
  );
  return problems.length === 0 ? 0 : 1;
}

/** npm writes its own copy of the lock last, so that copy is newer than the lock it came from. */
function installed(): boolean {
  const [lock, copy] = ["package-lock.json", "node_modules/.package-lock.json"].map((name) =>
    statSync(join(SITE, name), { throwIfNoEntry: false }),
  );
  return copy !== undefined && lock !== undefined && copy.mtimeMs >= lock.mtimeMs;
}

function run(command: string, words: readonly string[]): void {
  const { status, error } = spawnSync(command, words, { cwd: SITE, stdio: "inherit" });
  if (status !== 0) throw error ?? new Error(`${command} ${words.join(" ")} ended with ${status}.`);
}

function writtenPages(out: string): readonly WrittenPage[] {
  return readdirSync(out, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".html"))
    .toSorted()
    .map((path) => ({
      url: path.replaceAll("\\", "/"),
      html: readFileSync(join(out, path), "utf8"),
    }));
}

process.exitCode = main();
