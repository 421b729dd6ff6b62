import type { Baseline } from "./baseline.ts";
import { denseBlocks } from "./dense-blocks.ts";
import { mmd } from "./mmd.ts";
import { synchrony } from "./synchrony.ts";
import { threshold } from "./threshold.ts";

/** Every baseline with its default parameters, in the order of the tables. */
export const BASELINES: readonly Baseline[] = [threshold(), synchrony(), denseBlocks(), mmd()];
