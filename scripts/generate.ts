/**
 * Writes src/warehouse/statements.gen.ts from sql/**\/*.sql: the placeholders give the parameters' types, the embedded
 * engine gives the rows' types. `--check` writes nothing and exits with 1 when the file would change.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { statementsModule } from "./generate/statements-module.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = `${root}src/warehouse/statements.gen.ts`;
const text = statementsModule(`${root}sql`);
const current = readCurrent();

if (process.argv.includes("--check")) {
  if (text !== current) {
    process.stderr.write(
      "src/warehouse/statements.gen.ts is out of date: run `npm run generate`.\n",
    );
    process.exitCode = 1;
  }
} else if (text !== current) {
  writeFileSync(target, text);
}

function readCurrent(): string {
  try {
    return readFileSync(target, "utf8");
  } catch {
    return "";
  }
}
