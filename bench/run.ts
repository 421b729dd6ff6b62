/** `npm run bench -- NAME …`: runs bench/NAME.ts, its output untouched. Without a name, lists them; with `--help`, says what one does and takes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const fileOf = (name: string): string => join(import.meta.dirname, `${name}.ts`);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -".ts".length))
  .filter((name) => headOf(name).includes("bench"))
  .toSorted();

/** The comment that a benchmark begins with; empty where it is no benchmark, but what one needs. */
function headOf(name: string): string {
  const [, head = ""] = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(fileOf(name), "utf8")) ?? [];
  return head.replace(/^ ?\* ?/gm, "").trim();
}

async function main([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help") {
    process.stdout.write(names.map((each) => `npm run bench -- ${each}\n`).join(""));
    return 0;
  }
  if (!names.includes(name)) {
    process.stderr.write(`${name}: no such benchmark. There are: ${names.join(", ")}.\n`);
    return 2;
  }
  if (rest.includes("--help")) {
    process.stdout.write(`${headOf(name)}\n`);
    return 0;
  }
  process.argv = [process.execPath, fileOf(name), ...rest];
  try {
    await import(fileOf(name));
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (!isAboutOptions(error)) throw error;
    const [reason] = error.message.split(". ");
    process.stderr.write(`${reason}. See npm run bench -- ${name} --help.\n`);
    return 2;
  }
}

function isAboutOptions(error: unknown): error is Error {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? "";
  return error instanceof Error && code.startsWith("ERR_PARSE_ARGS_");
}

process.exitCode = await main(process.argv.slice(2));
