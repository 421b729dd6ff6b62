import type { z } from "zod";
import type { AccountHabits, Comparison } from "../../src/signals/comparison.ts";
import { random } from "../../src/stats/random.ts";
import type { Description, DescribingSignal } from "../../src/signals/signal.ts";

const HOUR = 3600;
/** A midnight, in seconds since 1970, at which the traffic of every comparison begins. */
export const START = 20_000 * 24 * HOUR;
export const DAY = 24 * HOUR;

/** What differs from an unremarkable person, by place in the list. */
export type Sketch = (index: number) => Partial<AccountHabits>;

/** Forty members and four hundred others, unremarkable but for what the sketches say. */
export function comparisonOf(
  member: Sketch,
  other: Sketch = () => ({}),
  sizes = { members: 40, others: 400 },
): Comparison {
  return {
    members: Array.from({ length: sizes.members }, (_, i) => ({
      ...person(10_000 + i),
      ...member(i),
    })),
    others: Array.from({ length: sizes.others }, (_, i) => ({ ...person(i), ...other(i) })),
    foundBy: new Set(),
    seed: 1,
  };
}

/** Describes with the signal's default parameters. */
export function describeWith<P extends z.ZodType>(
  signal: DescribingSignal<P>,
  comparison: Comparison,
): Description {
  return signal.describe(comparison, signal.parameters.parse({}));
}

/** Somebody with a home line, a device, a day's rhythm and a plan, who sends what a few hundred others do. */
function person(index: number): AccountHabits {
  const draw = random(index);
  const firstDay = 1 + Math.floor(draw() * 30);
  const busiestDay = firstDay + Math.floor(draw() * 40);
  const days = 4 + Math.floor(draw() * 4);
  const wakes = Math.floor(draw() * 24);
  const first = START + Math.floor(draw() * 5 * 24) * HOUR;
  return {
    payer: index,
    created: START - Math.floor(draw() * 900) * DAY,
    plan: "payg",
    program: "",
    mailDomain: `mail${Math.floor(draw() * 8)}.example`,
    established: draw() < 0.5,
    first,
    exchanges: days * Math.ceil((firstDay + busiestDay) / 2),
    days,
    firstDay,
    busiestDay,
    byHour: Array.from({ length: 24 }, (_, h) => ((h - wakes + 24) % 24 < 15 ? 8 : 0)),
    networks: [`home ${index}`, "carrier"],
    clients: [`client ${Math.floor(draw() * 40)}`],
    spread: { networks: 1 + Math.floor(draw() * 2), clients: 1, examples: [] },
    models: [
      { model: "orion-4", time: first, id: `first ${index}` },
      { model: "orion-5", time: first + DAY + Math.floor(draw() * 20 * DAY), id: `move ${index}` },
    ],
  };
}
