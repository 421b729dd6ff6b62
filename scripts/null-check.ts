/**
 * Simulates every null world of `test/stats/nulls.ts` and prints the mean e-value with a 99 % interval: it must not lie
 * above 1. Plain means over heavy tails hang on few draws, so the mean of min(e, 16), which must obey the same bound, stands
 * beside it. Usage: node scripts/null-check.ts [--draws 5000] [--seed 1] [--only worklist]
 */
import { parseArgs } from "node:util";
import { meanWithInterval } from "../test/stats/draws.ts";
import { eValues, NULL_WORLDS } from "../test/stats/nulls.ts";

const { values } = parseArgs({
  options: {
    draws: { type: "string" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
  },
});

const COLUMNS = [
  "construct",
  "null",
  "draws",
  "mean e",
  "99 % interval",
  "mean min(e, 16)",
  "largest bits",
] as const;
const rows: string[][] = [[...COLUMNS]];
let above = 0;
for (const world of NULL_WORLDS) {
  if (values.only !== undefined && world.construct !== values.only) continue;
  const draws = values.draws === undefined ? world.draws : Number(values.draws);
  const sample = eValues(world, Number(values.seed), draws);
  const { mean, halfWidth } = meanWithInterval(sample);
  const bounded = meanWithInterval(sample.map((e) => Math.min(e, 16)));
  if (mean - halfWidth > 1 || bounded.mean - bounded.halfWidth > 1) above += 1;
  rows.push([
    world.construct,
    world.null,
    String(draws),
    mean.toFixed(3),
    `${(mean - halfWidth).toFixed(3)} – ${(mean + halfWidth).toFixed(3)}`,
    `${bounded.mean.toFixed(3)} ± ${bounded.halfWidth.toFixed(3)}`,
    Math.log2(sample.reduce((most, e) => Math.max(most, e), 0)).toFixed(1),
  ]);
}
const widths = COLUMNS.map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
for (const row of rows) {
  process.stdout.write(`${row.map((cell, c) => cell.padEnd(widths[c] ?? 0)).join("  ")}\n`);
}
process.stdout.write(
  above === 0
    ? "No mean e-value lies above 1 beyond its interval.\n"
    : `${above} mean e-values lie above 1 beyond their interval.\n`,
);
process.exitCode = above === 0 ? 0 : 1;
