import type { TextSource } from "./texts/text-source.ts";
import type { World } from "./write-world.ts";

/** `full` is for figures, `ci` for a look at every change. */
export const SUITE_SIZES = ["full", "ci"] as const;
/** One of `SUITE_SIZES`. */
export type SuiteSize = (typeof SUITE_SIZES)[number];

/** One world of a suite, made anew for every seed. */
export interface SuiteWorld {
  /** Unique in its suite. */
  readonly name: string;
  /** Which sweep it belongs to, and where on its dials it lies. */
  readonly sweep?: string;
  readonly point?: Readonly<Record<string, number>>;
  /** `scale`: share of the reported sizes; undefined where each operation is sized to its world. `texts`: where words come from, if not from the grammars. */
  readonly make: (seed: string, scale: number | undefined, texts?: TextSource) => World;
}

/** Named worlds × seeds. */
export interface Suite {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** How many seeds are run where none is asked for. */
  readonly seeds: Readonly<Record<SuiteSize, number>>;
  readonly worlds: (size: SuiteSize) => readonly SuiteWorld[];
}
