import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * One `.sql` file: a name, where its text is, and the types of its parameters and rows (at compile time only).
 * `file` is relative to the package's `sql` folder, or absolute.
 */
export interface Statement<P = never, R = unknown> {
  readonly name: string;
  readonly file: string;
  /** Never set: carries the types. */
  readonly types?: { readonly parameters: (parameters: P) => void; readonly row: R };
}

/** Any statement, whatever its parameters and rows. */
export type AnyStatement = Statement;

/** The parameters a statement needs, by name. */
export type ParametersOf<S> = S extends Statement<infer P> ? P : never;

/** A row of a statement's answer. */
export type RowOf<S> = S extends Statement<never, infer R> ? R : never;

/** The package's `sql` folder, whether this file runs from `src/` or from `dist/`. */
export function sqlFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "sql", "schema"))) return join(folder, "sql");
    if (folder === dirname(folder)) throw new Error("The sql folder is missing from this package.");
  }
}
