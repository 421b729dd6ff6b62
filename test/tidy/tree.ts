import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";

/** A text file of the project. `path` is relative to the project's folder, with forward slashes. */
export interface TreeFile {
  readonly path: string;
  readonly text: string;
}

/** What a rule found: where, and what is wrong. */
export interface Complaint {
  readonly path: string;
  readonly problem: string;
}

const FOLDERS = [
  ".ci",
  "bench",
  "bin",
  "docs",
  "examples",
  "scripts",
  "site",
  "sql",
  "src",
  "test",
];
const TEXT = new Set([".ts", ".js", ".sql", ".md", ".json", ".sh", ".yaml", ""]);

/** Reads the project's own text files below `root`, ordered by path. Golden and fixture folders hold others' bytes. */
export function readTree(root: string): readonly TreeFile[] {
  const top = readdirSync(root, { withFileTypes: true });
  const paths = top.filter((entry) => entry.isFile()).map((entry) => entry.name);
  for (const folder of top.filter((entry) => entry.isDirectory() && FOLDERS.includes(entry.name)))
    for (const entry of readdirSync(join(root, folder.name), {
      recursive: true,
      withFileTypes: true,
    }))
      if (entry.isFile())
        paths.push(join(entry.parentPath, entry.name).slice(join(root, "/").length));
  return paths
    .filter((path) => TEXT.has(extname(path)) && !path.endsWith("package-lock.json"))
    .filter(
      (path) =>
        !/(?:^|\/)(?:node_modules|out|goldens?|fixtures|vectors|__snapshots__)\//.test(path),
    )
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}
