import type { FlagScore } from "./score-flags.ts";
import type { KnownScore } from "./score-known.ts";
import type { PeopleScore } from "./score-people.ts";
import type { ScanScore } from "./score-scan.ts";
import type { StudyScore } from "./score-study.ts";
import type { SuiteSize } from "./suite.ts";

/** The first line of a run's file: what was asked for. */
export interface RunHeader {
  readonly kind: "run";
  readonly version: 1;
  readonly suite: string;
  readonly size: SuiteSize;
  readonly seeds: number;
  /** Share of the reported sizes; null where each operation is sized to its world. */
  readonly scale: number | null;
  readonly q: number;
  readonly worlds: number;
}

/** One world that was made, scanned and scored. */
export interface WorldResult {
  readonly kind: "world";
  readonly suite: string;
  readonly world: string;
  readonly seed: string;
  /** Which sweep it belongs to, and where on its dials it lies. */
  readonly sweep?: string;
  readonly point?: Readonly<Record<string, number>>;
  readonly exchanges: number;
  readonly accounts: number;
  readonly bytes: number;
  readonly seconds: { readonly compose: number; readonly scan: number; readonly baselines: number };
  readonly score: ScanScore;
  readonly people: readonly PeopleScore[];
  readonly flags: readonly FlagScore[];
  readonly study: StudyScore;
  /** Its operations as groups that need no finding, where that was asked for. */
  readonly known?: readonly KnownScore[];
  readonly baselines: readonly BaselineScore[];
}

/** How one published method fared on a world, scored as the pipeline is. */
export interface BaselineScore {
  readonly id: string;
  readonly name: string;
  readonly score: ScanScore;
}

/** A world that could not be scored. */
export interface WorldFailure {
  readonly kind: "failure";
  readonly suite: string;
  readonly world: string;
  readonly seed: string;
  readonly reason: string;
}

/** A line of a run's file. */
export type RunLine = RunHeader | WorldResult | WorldFailure;

/** What a run's file holds; a last line cut short by an interruption is left out. */
export interface RunFile {
  readonly headers: readonly RunHeader[];
  readonly worlds: readonly WorldResult[];
  readonly failures: readonly WorldFailure[];
}

/** Reads the text of one or more runs' files. Throws SyntaxError where a line before the last is not JSON. */
export function readRunLines(text: string): RunFile {
  const lines = text.split("\n");
  const cut = lines.pop();
  const parsed = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as RunLine);
  if (cut !== undefined && cut !== "") parsed.push(...whole(cut));
  return {
    headers: parsed.filter((line) => line.kind === "run"),
    worlds: parsed.filter((line) => line.kind === "world"),
    failures: parsed.filter((line) => line.kind === "failure"),
  };
}

/**
 * Several runs as one: worlds that more than one holds are taken once, and runs of one suite count together. Throws
 * RangeError where runs of one suite differ in size, scale or q.
 */
export function joinRuns(files: readonly RunFile[]): RunFile {
  const headers = new Map<string, RunHeader>();
  for (const header of files.flatMap((file) => file.headers)) {
    const known = headers.get(header.suite);
    const { size, scale, q } = header;
    if (known !== undefined && (known.size !== size || known.scale !== scale || known.q !== q)) {
      throw new RangeError(`runs of ${header.suite} at different sizes, scales or q`);
    }
    if (known === undefined || known.seeds < header.seeds) headers.set(header.suite, header);
  }
  const worlds = new Map(files.flatMap((file) => file.worlds).map((world) => [idOf(world), world]));
  return {
    headers: [...headers.values()],
    worlds: [...worlds.values()],
    failures: files.flatMap((file) => file.failures).filter((one) => !worlds.has(idOf(one))),
  };
}

/** Names a world of a suite and its seed. */
export function idOf(one: Pick<WorldFailure, "suite" | "world" | "seed">): string {
  return JSON.stringify([one.suite, one.world, one.seed]);
}

function whole(line: string): RunLine[] {
  try {
    return [JSON.parse(line) as RunLine];
  } catch {
    return [];
  }
}
