import { dirname, join } from "node:path/posix";
import type { Complaint, TreeFile } from "./tree.ts";

/** What in src/signals/ is a signal: it declares which axis it speaks on. */
const SIGNAL = /^\s*axis: "(?:coordination|harvest)",/m;

/** Complains of signals without their page or test, and of pages or tests without their signal. */
export function signalFiles(files: readonly TreeFile[]): readonly Complaint[] {
  const paths = new Set(files.map(({ path }) => path));
  const ids = files
    .filter(({ path, text }) => /^src\/signals\/[^/]+\.ts$/.test(path) && SIGNAL.test(text))
    .map(({ path }) => path.slice("src/signals/".length, -".ts".length));
  const missing = ids.flatMap((id) =>
    [`docs/signals/${id}.md`, `test/signals/${id}.test.ts`]
      .filter((companion) => !paths.has(companion))
      .map((companion) => ({ path: `src/signals/${id}.ts`, problem: `lacks ${companion}` })),
  );
  const stray = [...paths]
    .map((path) => ({ path, id: /^docs\/signals\/([^/]+)\.md$/.exec(path)?.[1] }))
    .filter(({ id }) => id !== undefined && id !== "README" && !ids.includes(id))
    .map(({ path }) => ({ path, problem: "no such signal" }));
  return [...missing, ...stray];
}

/** Complains of relative links in Markdown that lead nowhere. `exists` answers for a path of the project. */
export function links(
  files: readonly TreeFile[],
  exists: (path: string) => boolean,
): readonly Complaint[] {
  return files
    .filter(({ path }) => path.endsWith(".md"))
    .flatMap(({ path, text }) =>
      [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)]
        .map((found) => (found[1] ?? "").split("#")[0] ?? "")
        .filter((link) => link !== "" && !/^[a-z]+:/.test(link))
        .filter((link) => !exists(join(dirname(path), link)))
        .map((link) => ({ path, problem: `${link} leads nowhere` })),
    );
}

/** Complains of `npm run` commands in Markdown that package.json does not have. */
export function commands(
  files: readonly TreeFile[],
  scripts: readonly string[],
): readonly Complaint[] {
  return files
    .filter(({ path }) => path.endsWith(".md"))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpm run (?:--?[\w-]+ )*([\w-]+(?::[\w-]+)*)/g)]
        .map((found) => found[1] ?? "")
        .filter((name) => !scripts.includes(name))
        .map((name) => ({ path, problem: `npm run ${name} does not exist` })),
    );
}

function withoutFences(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
}

/** Complains of decisions that the index of docs/adr does not name, and of one that it names too early. */
export function decisionIndex(files: readonly TreeFile[]): readonly Complaint[] {
  const where = "docs/adr/README.md";
  const index = files.find(({ path }) => path === where)?.text ?? "";
  const named = [...index.matchAll(/^- \[(\d{4})\]/gm)].map(([, number = ""]) => number);
  const early = named.find((number, at) => number > (named[at + 1] ?? "9999"));
  const unnamed = files
    .filter(({ path }) => /^docs\/adr\/\d{4}-[\w-]+\.md$/.test(path))
    .filter(({ path }) => !index.includes(`](${path.slice("docs/adr/".length)})`))
    .map(({ path }) => ({ path, problem: `${where} does not name it` }));
  if (early === undefined) return unnamed;
  return [...unnamed, { path: where, problem: `${early} stands too early` }];
}
