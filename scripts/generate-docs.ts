/**
 * Writes the generated pages: docs/reference/*.md, the manual page and the headers of docs/signals/*.md.
 * `--check` writes nothing and fails where a page is not what it would write.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { commandLineReference } from "./docs/command-line-reference.ts";
import { configurationReference } from "./docs/configuration-reference.ts";
import { everyRoute } from "./docs/every-route.ts";
import { errorReference } from "./docs/error-reference.ts";
import { httpReference } from "./docs/http-reference.ts";
import { manualPage } from "./docs/manual-page.ts";
import { readSignals } from "./docs/read-signals.ts";
import { withSignalHeader } from "./docs/signal-header.ts";
import { statementReference } from "./docs/statement-reference.ts";
import { ERRORS } from "../src/core/errors.ts";
import { openApi } from "../src/server/open-api.ts";
import { exampleConfiguration } from "../src/judge/example-configuration.ts";

const ROOT = join(import.meta.dirname, "..");

/** Every generated page as it ought to be: path from the project's folder → text. */
export async function generatedPages(): Promise<ReadonlyMap<string, string>> {
  const routes = everyRoute();
  const pages = new Map<string, string>([
    ["docs/reference/errors.md", errorReference(ERRORS)],
    ["docs/reference/configuration.md", configurationReference(exampleConfiguration())],
    ["docs/reference/command-line.md", commandLineReference()],
    ["docs/reference/http.md", httpReference(routes)],
    ["docs/reference/openapi.json", `${JSON.stringify(openApi(routes), undefined, 2)}\n`],
    ["man/stillwatch.1", manualPage(readVersion())],
    ["docs/reference/statements.md", statementReference(readStatements())],
  ]);
  for (const signal of await readSignals(join(ROOT, "src/signals"))) {
    const path = `docs/signals/${signal.id}.md`;
    pages.set(path, withSignalHeader(readIfThere(join(ROOT, path)) ?? "", signal));
  }
  return pages;
}

function readVersion(): string {
  const text = readFileSync(join(ROOT, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function readStatements(): ReadonlyMap<string, string> {
  const folder = join(ROOT, "sql");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return new Map(
    files
      .filter((file) => file.endsWith(".sql"))
      .toSorted()
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
}

async function main(args: readonly string[]): Promise<number> {
  let stale = 0;
  for (const [path, text] of await generatedPages()) {
    const file = join(ROOT, path);
    if (readIfThere(file) === text) continue;
    stale += 1;
    if (args.includes("--check")) process.stderr.write(`${path} is not current.\n`);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      process.stdout.write(`Wrote ${path}.\n`);
    }
  }
  if (!args.includes("--check") || stale === 0) return 0;
  process.stderr.write("Run: npm run generate\n");
  return 1;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  process.exitCode = await main(process.argv.slice(2));
