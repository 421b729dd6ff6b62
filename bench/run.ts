/** `npm run bench -- NAME …`: runs bench/NAME.ts, its output untouched. Without a name, lists them. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import process from "node:process";

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -".ts".length))
  .toSorted();

function main([name, ...rest]: readonly string[]): number {
  if (name === undefined) {
    process.stdout.write(names.map((each) => `npm run bench -- ${each}\n`).join(""));
    return 0;
  }
  if (!names.includes(name)) {
    process.stderr.write(`${name}: no such benchmark. There are: ${names.join(", ")}.\n`);
    return 2;
  }
  const file = `${import.meta.dirname}/${name}.ts`;
  return spawnSync(process.execPath, [file, ...rest], { stdio: "inherit" }).status ?? 1;
}

process.exitCode = main(process.argv.slice(2));
