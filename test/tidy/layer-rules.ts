import { dirname, join } from "node:path/posix";
import { sourceViews } from "./source-text.ts";
import type { Complaint, TreeFile } from "./tree.ts";

/** The folders of src/ from the bottom up: each may import itself and what stands before it. */
export const LAYERS: readonly string[] = [
  "core",
  "stats",
  "warehouse",
  "ledger",
  "ingest",
  "graph",
  "signals",
  "judge",
  "response",
  "sharing",
  "range",
  "report",
  "server",
  "cli",
];

/** The range makes the truth that the judge is scored on, so it must not know how the judge looks. */
const BLIND_TO: Readonly<Record<string, readonly string[]>> = {
  range: ["graph", "signals", "judge"],
};

/** Packages that only some folders may know. */
const OWNED_PACKAGES: Readonly<Record<string, readonly string[]>> = {
  chdb: ["warehouse"],
  "@clickhouse/client": ["warehouse"],
  kysely: ["ledger"],
  pg: ["ledger"],
  commander: ["cli"],
  "cli-table3": ["range", "cli"],
};

/** Folders whose answers depend on their arguments alone; time and randomness are handed to them. */
const PURE = ["stats", "graph", "signals", "judge", "range", "report", "ingest"];
/** Where the stages are put together: it finds the folder of the installation's secret. */
const COMPOSITION = "src/judge/scan.ts";
const IMPURE = /\bMath\.random\b|\bDate\.now\b|\bnew Date\(\s*\)|\bprocess\.env\b/g;

const IMPORT = /\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g;

/** Every module specifier a file imports or re-exports, statically or by `import()`. */
export function importsOf(text: string): readonly string[] {
  return [...sourceViews(text).code.matchAll(IMPORT)].map((found) => found[1] ?? "");
}

/** Complains where a file of src/ imports what stands above it, leaves src/, or takes another folder's package. */
export function layers(files: readonly TreeFile[]): readonly Complaint[] {
  return files.filter(isSource).flatMap(({ path, text }) => {
    const folder = folderOf(path);
    if (folder === undefined || !LAYERS.includes(folder))
      return [{ path, problem: `src/${folder ?? ""} has no place in the order of layers` }];
    return importsOf(text).flatMap((specifier) => {
      const problem = importProblem(path, folder, specifier);
      return problem === undefined ? [] : [{ path, problem }];
    });
  });
}

function importProblem(path: string, folder: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) {
    const owner = Object.entries(OWNED_PACKAGES).find(
      ([name]) => specifier === name || specifier.startsWith(`${name}/`),
    );
    return owner !== undefined && !owner[1].includes(folder)
      ? `imports ${specifier}, which only ${owner[1].join(" and ")} may`
      : undefined;
  }
  const target = join(dirname(path), specifier);
  const other = folderOf(target);
  if (!target.startsWith("src/") || other === undefined) return `imports ${specifier} outside src`;
  if (BLIND_TO[folder]?.includes(other) === true) return `imports ${other}, which it must not know`;
  return LAYERS.indexOf(other) > LAYERS.indexOf(folder) || !LAYERS.includes(other)
    ? `imports ${other}, which stands above ${folder}`
    : undefined;
}

/** Complains of clocks, randomness and the environment where a folder must not have its own. */
export function purity(files: readonly TreeFile[]): readonly Complaint[] {
  return files
    .filter((file) => isSource(file) && PURE.includes(folderOf(file.path) ?? ""))
    .filter(({ path }) => path !== COMPOSITION)
    .flatMap(({ path, text }) =>
      [...sourceViews(text).bare.matchAll(IMPURE)].map((found) => ({
        path,
        problem: `${found[0]}: time, randomness and settings are arguments here`,
      })),
    );
}

/** Complains where a signal could read country, language or nationality: they never add evidence. */
export function blindToOrigin(files: readonly TreeFile[]): readonly Complaint[] {
  const origin = /\b\w*(?:country|nationality|citizenship)\w*\b|\blanguages?\b|\bscript\b/gi;
  return files
    .filter(({ path }) => /^(?:src\/signals\/.*\.ts|sql\/signals\/.*\.sql)$/.test(path))
    .flatMap(({ path, text }) => {
      const code = path.endsWith(".ts") ? withoutProse(text) : text.replace(/--[^\n]*/g, "");
      return [...code.matchAll(origin)].map((found) => ({
        path,
        problem: `reads ${found[0]}: origin and language never add evidence`,
      }));
    });
}

/** Code with column names in quotes kept, and sentences blanked: whatever quotes or templates hold with a space in it. */
function withoutProse(text: string): string {
  return sourceViews(text).code.replace(
    /(["'`])(?:(?!\1)[^\\\n]|\\.)* (?:(?!\1)[^\\]|\\.)*\1/g,
    "",
  );
}

/** Who may know of directives: themselves, and where they are set, served and wired. */
const OF_DIRECTIVES = /^src\/(?:ledger|response|cli)\/directives?(?:\/|\.ts$)/;
const MAY_DIRECT =
  /^src\/server\/(?:directive-[\w-]+|serve-directives)\.ts$|^src\/cli\/command-line\.ts$/;
/** Their store's own tables and file, however they are reached. */
const STORE_OF_DIRECTIVES =
  /\b(?:attestations|exemptions|refusals|stillwatch_directives)\b|\bdirectives\.db\b/;

/**
 * Complains where anything but the enforcement of directives could read them, or who is of which attested class: signals,
 * the judge, cases, reports, exports and whatever is added later.
 */
export function barredFromDirectives(files: readonly TreeFile[]): readonly Complaint[] {
  return files
    .filter(({ path }) => !OF_DIRECTIVES.test(path) && !MAY_DIRECT.test(path))
    .flatMap(({ path, text }) => {
      if (path.startsWith("sql/") && path.endsWith(".sql")) {
        const named = path.startsWith("sql/directives/")
          ? undefined
          : STORE_OF_DIRECTIVES.exec(text.replace(/--[^\n]*/g, ""));
        return named ? [{ path, problem: `names ${named[0]} of the directives' store` }] : [];
      }
      if (!isSource({ path, text })) return [];
      const imported = importsOf(text)
        .map((specifier) => join(dirname(path), specifier))
        .find((target) => OF_DIRECTIVES.test(target));
      return imported ? [{ path, problem: `imports ${imported}, which it must not know` }] : [];
    });
}

function isSource({ path }: TreeFile): boolean {
  return path.startsWith("src/") && path.endsWith(".ts");
}

function folderOf(path: string): string | undefined {
  return path.split("/").length > 2 ? path.split("/")[1] : undefined;
}
