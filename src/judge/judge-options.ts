import type { Slice } from "../signals/slice.ts";
import type { SignalParameters } from "./configuration.ts";
import type { GivenGroup } from "./given-groups.ts";
import type { Lineage } from "./lineage.ts";
import type { Roster } from "./roster.ts";

/** How the judge works. */
export interface JudgeOptions {
  readonly tickSeconds: number;
  /** False-discovery rate over lineages. */
  readonly q: number;
  readonly seed: number;
  /** The signals' own; their defaults where absent. */
  readonly parameters?: SignalParameters | undefined;
  /** UTC days since 1970 that a calendar calls unusual. */
  readonly unusualDays?: ReadonlySet<number> | undefined;
  readonly roster: Roster;
  /** Low and high words of the keys that at least two accounts use, as far as they are known; `share` tells of more. */
  readonly keys: Uint32Array;
  /** Called after every look, with the end of its tick in seconds and what the signals saw. */
  readonly onLook?: ((lineage: Lineage, tickEnd: number, slice: Slice) => void) | undefined;
  /** Groups anew after every tick that showed anything, however little: what the thresholds below spare. */
  readonly everyTick?: boolean | undefined;
  /** Groups to weigh beside those that are found, which they don't change: for measuring what finding costs. */
  readonly given?: readonly GivenGroup[] | undefined;
}
