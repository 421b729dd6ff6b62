import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** One `.sql` file, read but not understood by the engine yet. */
export interface SqlFile {
  /** Relative to the sql folder. */
  readonly file: string;
  /** The file's name in camel case. */
  readonly name: string;
  readonly text: string;
  /** The first comment: question, grain, cost. */
  readonly comment: string;
  /** Placeholders in order of first use, name → ClickHouse type. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Values given by comments `-- e.g. name = value` to stand for parameters while the statement is described. */
  readonly examples: ReadonlyMap<string, string>;
}

/** Reads every `.sql` file under a folder, sorted by path, but `ledger/` and `directives/`: those stores are another engine's. Throws if two share a name, one has no comment, holds several statements or gives a placeholder two types. */
export function readSqlFiles(folder: string): readonly SqlFile[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".sql") && !/^(?:ledger|directives)\b/.test(path))
    .toSorted()
    .map((path) => readSqlFile(folder, path.replaceAll("\\", "/")));
  const names = new Set<string>();
  for (const { name, file } of files) {
    if (names.has(name)) throw new Error(`${file}: another file has the same name.`);
    names.add(name);
  }
  return files;
}

function readSqlFile(folder: string, file: string): SqlFile {
  const text = readFileSync(join(folder, file), "utf8");
  const comment = /^(?:--[^\n]*\n)+/.exec(text)?.[0];
  if (comment === undefined)
    throw new Error(`${file}: the first line must be a comment: question, grain, cost.`);
  const bare = withoutCommentsAndStrings(text);
  if (/;\s*\S/.test(bare)) throw new Error(`${file}: one statement a file.`);
  return {
    file,
    name: camelCase(basename(file, ".sql")),
    text,
    comment: comment
      .split("\n")
      .map((line) => line.replace(/^--\s?/, ""))
      .filter((line) => line !== "" && !line.startsWith("e.g. "))
      .join("\n"),
    parameters: placeholders(file, bare),
    examples: new Map(
      [...text.matchAll(/^-- e\.g\. (\w+) = (.+)$/gm)].map(([, name = "", value = ""]) => [
        name,
        value,
      ]),
    ),
  };
}

function placeholders(file: string, bare: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = "", type = ""] of bare.matchAll(/\{\s*(\w+)\s*:\s*([^{}]+?)\s*\}/g)) {
    if ((found.get(name) ?? type) !== type) throw new Error(`${file}: {${name}} has two types.`);
    found.set(name, type);
  }
  return found;
}

/** Blanks comments and string literals, so that what they hold isn't taken for SQL. Type arguments such as `'UTC'` inside a placeholder are blanked too. */
function withoutCommentsAndStrings(text: string): string {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\.|'')*'/g, (found) =>
    found.startsWith("'") ? "''" : " ",
  );
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
