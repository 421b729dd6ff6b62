import { bareSql, sourceViews } from "./source-text.ts";
import type { Complaint, TreeFile } from "./tree.ts";

const MOST_LINES = 400;
const UNFINISHED = /\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b/g;
const VERDICTS =
  /\b(?:guilt|guilty|fraudulent(?:ly)?|fraudsters?|convict(?:ed|ion|ions|s)?|culprits?|perpetrators?|criminals?|crooks?|thie(?:f|ves))\b/gi;
const COMPANIES = /\b(?:alibaba|deepseek|moonshot|minimax|qwen|kimi)\b/gi;
const MACHINE_PATHS = /(?<![\w.~-])\/(?:work|root)\/[\w.-]*/g;
const HOMES = /(?<![\w.~-])\/home\/[\w.-]*/g;
const VAGUE = /(?:^|[-/])(?:utils?|helpers?|managers?|services?|commons?|misc)(?:[-./]|$)/;
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Lists each match of a pattern in the files whose path passes, as complaints. */
function matches(
  files: readonly TreeFile[],
  where: RegExp,
  pattern: RegExp,
  problem: (found: string) => string,
  view: (file: TreeFile) => string = (file) => file.text,
): readonly Complaint[] {
  return files
    .filter(({ path }) => where.test(path))
    .flatMap((file) =>
      [...view(file).matchAll(pattern)].map((found) => ({
        path: file.path,
        problem: problem(found[0]),
      })),
    );
}

/** Complains of files longer than 400 lines, generated ones aside. */
export function length(files: readonly TreeFile[]): readonly Complaint[] {
  return files
    .filter(({ path }) => /\.(?:ts|js|sql)$/.test(path) && !path.endsWith(".gen.ts"))
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, "").split("\n").length }))
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ path, lines }) => ({ path, problem: `${lines} lines, more than ${MOST_LINES}` }));
}

/** Complains of notes to do something later. */
export function finished(files: readonly TreeFile[]): readonly Complaint[] {
  return matches(files, /./, UNFINISHED, (found) => `${found}: do it, or file an issue`);
}

/** Complains of tests that are skipped, focused, expected to fail or left for later. */
export function everyTestRuns(files: readonly TreeFile[]): readonly Complaint[] {
  const skipped =
    /\b(?:it|test|describe|suite|bench)(?:\.\w+)*\.(?:skip|only|todo|fails|skipIf|runIf)\b|\bx(?:it|test|describe)\(|\.skip\(\)/g;
  return matches(
    files,
    /^test\/.*\.ts$/,
    skipped,
    (found) => `${found}: every test runs`,
    (file) => sourceViews(file.text).bare,
  );
}

/** Complains of names that are not kebab-case, or that say nothing. */
export function names(files: readonly TreeFile[]): readonly Complaint[] {
  return files
    .filter(({ path }) => /^(?:src|test|scripts|bench|sql|docs|bin)\//.test(path))
    .filter(({ path }) => !path.endsWith("/README.md"))
    .flatMap(({ path }) => {
      const parts = path.replace(/(?:\.(?:gen|system|test|config|schema))*\.\w+$/, "").split("/");
      const odd = parts.find((part) => !KEBAB.test(part));
      if (odd !== undefined) return [{ path, problem: `${odd} is not kebab-case` }];
      return VAGUE.test(path) ? [{ path, problem: "the name does not say what it holds" }] : [];
    });
}

/** Complains of default exports, configuration files of tools aside. */
export function namedExports(files: readonly TreeFile[]): readonly Complaint[] {
  return matches(
    files,
    /^(?:src|test|scripts|bench|bin)\/.*\.(?:ts|js)$/,
    /\bexport\s+default\b|\bas\s+default\b/g,
    () => "a default export: name it",
    (file) => sourceViews(file.text).bare,
  );
}

/** Complains of verdicts in code or prose: the software flags, and people confirm. It names no company. */
export function wording(files: readonly TreeFile[]): readonly Complaint[] {
  const everywhere = /^(?:src|sql|docs|examples|bin|bench|scripts)\/|^[^/]+\.md$/;
  return [
    ...matches(files, everywhere, VERDICTS, (found) => `${found}: the software pronounces nobody`),
    ...matches(files, /^(?:src|sql|examples)\//, COMPANIES, (found) => `names ${found}`),
  ];
}

/** Complains of paths that exist on one machine only. */
export function noMachinePaths(files: readonly TreeFile[]): readonly Complaint[] {
  return [
    ...matches(
      files,
      /^(?!test\/tidy)/,
      MACHINE_PATHS,
      (found) => `${found}: a machine's own path`,
    ),
    ...matches(files, /^(?!test\/)/, HOMES, (found) => `${found}: a machine's own path`),
    ...matches(files, /^src\//, /["'`]\/tmp\b/g, () => "/tmp: ask the system for its folder"),
  ];
}

/** Complains of exports of src/ without a doc comment; later overloads of one function share the first's. */
export function documented(files: readonly TreeFile[]): readonly Complaint[] {
  const declaration =
    /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/;
  return files
    .filter(({ path }) => /^src\/.*\.ts$/.test(path) && !path.endsWith(".gen.ts"))
    .flatMap(({ path, text }) => {
      const lines = text.split("\n");
      const seen = new Set<string>();
      return lines.flatMap((line, index) => {
        const name = declaration.exec(line)?.[1];
        if (name === undefined || seen.has(name)) return [];
        seen.add(name);
        const above = lines[index - 1]?.trim() ?? "";
        return above.endsWith("*/") ? [] : [{ path, problem: `${name} has no doc comment` }];
      });
    });
}

/** Complains of SQL that does not open with a comment, is not one statement (migrations of the ledger and of directives may hold several), or leaves a placeholder untyped. */
export function sql(files: readonly TreeFile[]): readonly Complaint[] {
  const typed = /\{\w+:[A-Z]\w*(?:\([\w(), ']*\))?\}/g;
  return files
    .filter(({ path }) => /^sql\/.*\.sql$/.test(path))
    .flatMap(({ path, text }) => {
      const bare = bareSql(text);
      const problems = [
        /^--\s*\S/.test(text) ? "" : "the first line is not a comment",
        !/^sql\/(?:ledger|directives)\//.test(path) && bare.replace(/;\s*$/, "").includes(";")
          ? "more than one statement"
          : "",
        bare.trim() === "" ? "no statement" : "",
        /[{}]/.test(bare.replace(typed, "")) ? "a placeholder without a type" : "",
      ];
      return problems.filter((problem) => problem !== "").map((problem) => ({ path, problem }));
    });
}
