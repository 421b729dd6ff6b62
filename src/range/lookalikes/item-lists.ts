import type { Random } from "../random.ts";
import { bank } from "../texts/language.ts";
import { english } from "../texts/english.ts";

const SPECIES = bank(
  "a hermit crab|a barn owl|a lichen on basalt|a school of herring|a beech seedling|a colony of swifts|an orb weaver|a sundew|a mountain hare|a stand of reeds|a fig wasp|a clutch of newts",
);
const CHANGES = bank(
  "is moved to brackish water|loses its usual food in March|is shaded for six weeks|meets a rival from the south|is exposed to frost at night|doubles in number|gets twice the nitrogen|is kept at constant light",
);
const EFFECTS = bank(
  "it grows more slowly but survives|it moults earlier than its neighbours|nothing changes before the second year|its range shifts uphill|half of it dies back and recovers|it stores less sugar|its call becomes deeper|it breeds a month later|the predator leaves first|only the young are affected",
);
const MACHINES = bank(
  "a lift with two cabins|a drawbridge|a paper mill|a cable car|a bottling line|a lock gate|a wind pump|a ticket barrier|a bell carillon|a potter's wheel",
);
const PARTS = bank(
  "the brake slips|the float sticks|one sensor reads high|the belt runs backwards|the spare valve stays open|the counterweight is a fifth too light|the clock is nine minutes fast|the second switch is wired to the first",
);
const RULES = bank(
  "no two neighbours share a colour|the heavier one always goes first|a letter is skipped after each vowel|every third entry is a lie|nobody may speak twice in a row|the total must stay odd|what was last becomes first|each step costs one more than the last",
);

/** One question of a public benchmark: a short case and four choices. */
export function writeBenchmarkItem(random: Random): string {
  const stem = random.pick([
    () =>
      `${capital(random.pick(SPECIES))} ${random.pick(CHANGES)} while ${random.pick(SPECIES)} ${random.pick(CHANGES)}. Which outcome fits best after ${random.whole(2, 40)} ${random.pick(["days", "weeks", "generations"])}?`,
    () =>
      `In ${random.pick(MACHINES)} near ${english.place(random)} ${random.pick(PARTS)}, and ${random.pick(PARTS)} at stage ${random.whole(2, 9)}. What is noticed first?`,
    () =>
      `${english.given(random)}, ${english.given(random)} and ${english.given(random)} arrange ${random.whole(5, 30)} tokens so that ${random.pick(RULES)} and ${random.pick(RULES)}. After ${random.whole(3, 60)} rounds, what must hold?`,
  ])();
  const choices = random.chance(0.6)
    ? random.sample(EFFECTS, 4)
    : Array.from({ length: 4 }, () => `${random.whole(2, 900)} of ${english.given(random)}'s`);
  return `${stem}\n${choices.map((choice, i) => `(${"ABCD"[i]}) ${choice}`).join("\n")}`;
}

const GOODS = bank(
  "umbrellas|bicycle bells|teapots|bus tickets|lamp shades|seed packets|rain barrels|crayons|sledges|door mats",
);
const LAWS = bank(
  "a Poisson law|a normal law|an exponential law|a binomial law|a uniform law|a geometric law",
);
const TASKS = bank(
  "Derive the maximum likelihood estimator|Give a 95 % interval and say what it means|Test at level 0.01 whether the two shops differ|Show that the estimator is biased and correct it|Bound the probability by Chebyshev and compare with the exact value|Plot the likelihood roughly and mark its maximum",
);

/** One exercise of a course in statistics, as its lecturer writes them. */
export function writeExercise(random: Random, number: number): string {
  const shop = english.place(random);
  return `Exercise ${number}. The ${shop} shop sells ${random.pick(GOODS)}; daily sales follow ${random.pick(LAWS)} with unknown parameter. On ${random.whole(6, 40)} days it sold ${random.whole(40, 900)} in all, the shop in ${english.place(random)} ${random.whole(40, 900)} on ${random.whole(6, 40)} days. (a) ${random.pick(TASKS)}. (b) ${random.pick(TASKS)}. (c) What changes if ${random.whole(2, 9)} days were not recorded?`;
}

const LESSONS = bank(
  "adding fractions|reading a bus timetable|the passive voice|density|food chains|negative numbers|similar triangles|the phases of the moon|commas in lists|percentages|levers|prime factors|reported speech|contour lines|circuits in series|rounding",
);
const HABITS = bank(
  "rushes and skips units|gives up after one try|knows the rule but not when it holds|guesses from the pictures|copies the last example|asks good questions but never writes|mixes up two words every time|wants to know what it is for",
);

/** One entry of a list of lessons that a maker of training data writes: pupil, topic, length. */
export function writeLesson(random: Random): string {
  return `Pupil: ${english.given(random)}, aged ${random.whole(7, 16)}, ${random.pick(HABITS)}.\nLesson: ${random.pick(LESSONS)}, linked to ${random.pick(LESSONS)}.\nPlace: ${english.place(random)}. Turns: ${random.whole(4, 18)}. Mistakes to include: ${random.whole(1, 4)}.\nWrite the tutoring dialogue. The pupil's numbers are ${random.whole(2, 99)}, ${random.whole(2, 99)} and ${random.whole(100, 990)}.`;
}

const FIRMS = bank(
  "a ferry line|a dental practice|a seed shop|a piano tuner|a boat yard|a letting agent|a night school|a cheese dairy|a glazier|a bus company|a language exchange|a repair cafe",
);
const MOODS = bank(
  "in a hurry|calm but doubtful|angry since yesterday|hard of hearing|calling for a neighbour|on a bad line|a regular of many years|unsure of the words",
);

/** One entry of a list of telephone scenes that another maker of training data writes. */
export function writeScene(random: Random): string {
  return `scene ${random.whole(1000, 9999)} | caller ${english.given(random)} ${english.surname(random)}, ${random.pick(MOODS)} | firm ${random.pick(FIRMS)}, ${english.place(random)} | order ${random.whole(10_000, 99_999)}, ${random.whole(2, 60)} days late, ${random.whole(5, 900)} owed | turns ${random.whole(6, 22)} | ends ${random.pick(["in agreement", "with a callback", "with a complaint", "by transfer", "undecided"])}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
