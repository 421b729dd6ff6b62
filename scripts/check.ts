/**
 * `npm run check`: everything that is checked without running the product. Prints one line a step,
 * and what a failed step said. Exit code 1 where any failed. `--json FILE` writes the counts too.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import process from "node:process";
import { stripVTControlCharacters } from "node:util";

interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const STEPS: readonly Step[] = [
  { name: "format", command: "oxfmt", args: ["--check"] },
  { name: "lint", command: "oxlint", args: ["--type-aware", "--deny-warnings"] },
  { name: "types", command: "tsc", args: ["-p", "."] },
  {
    name: "unused",
    command: "knip",
    args: ["--no-progress", "--treat-config-hints-as-errors"],
  },
  { name: "lock", command: "node", args: ["scripts/stub-lock.ts", "--check"] },
  { name: "generated statements", command: "node", args: ["scripts/generate.ts", "--check"] },
  { name: "generated pages", command: "node", args: ["scripts/generate-docs.ts", "--check"] },
];

function run(step: Step): boolean {
  const started = performance.now();
  const result = spawnSync(step.command, step.args, { encoding: "utf8" });
  const passed = result.status === 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${passed ? "ok    " : "FAILED"}  ${step.name} (${seconds} s)\n`);
  if (!passed) {
    const said = result.error?.message ?? result.stdout + result.stderr;
    process.stdout.write(indent(stripVTControlCharacters(said)));
  }
  return passed;
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, "        ").concat("\n");
}

function main(args: readonly string[]): number {
  const passed = STEPS.filter(run).length;
  const failed = STEPS.length - passed;
  const file = args[args.indexOf("--json") + 1];
  if (args.includes("--json") && file !== undefined)
    writeFileSync(file, `${JSON.stringify({ numPassedTests: passed, numFailedTests: failed })}\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
