import { runErrand, type Door } from "../agent-session.ts";
import { withNotes, writeIssue, type Repository, type Scaffold } from "../agent.ts";
import { openThread, said } from "../conversation.ts";
import type { Random } from "../random.ts";
import { drawStarts, type Rhythm } from "../rhythm.ts";
import { utter, type Voice } from "../texts/voice.ts";
import { MINUTE, SECOND, type Due, type Span } from "../world.ts";

/** Someone's work with a coding agent. */
export interface Craft {
  readonly scaffold: Scaffold;
  /** The first is worked on most. */
  readonly repositories: readonly Repository[];
  readonly voice: Voice;
  readonly rhythm: Rhythm;
  /** Sittings on a usual weekday. */
  readonly daily: number;
  /** Median number of requests until the agent reports; its tail is long. */
  readonly steps: number;
  /** The doors of one sitting, in the order of its requests. */
  readonly sit: () => (time: number) => Door;
}

/** Sittings of a few errands each, over `span`, at the person's hours. */
export function* develop(random: Random, craft: Craft, span: Span): Generator<Due> {
  let free = span.from;
  for (const start of drawStarts(random, craft.rhythm, craft.daily, span)) {
    free = yield* sitting(random, craft, Math.max(free, start), span.until);
  }
}

function* sitting(
  random: Random,
  craft: Craft,
  start: number,
  until: number,
): Generator<Due, number> {
  const repository = random.chance(0.75)
    ? (craft.repositories[0] as Repository)
    : random.pick(craft.repositories);
  const thread = openThread(random);
  const door = craft.sit();
  const errands = random.weighted([
    [1, 5],
    [2, 3],
    [3, 1],
  ] as const);
  let time = start;
  for (let errand = 0; errand < errands && time < until; errand++) {
    const issue = utter(writeIssue(repository, random), craft.voice, random);
    time = yield* runErrand(random, {
      repository,
      scaffold: craft.scaffold,
      thread,
      opening: said(errand === 0 ? withNotes(repository, issue) : issue),
      steps: Math.min(120, Math.ceil(random.lognormal(craft.steps, 0.8))),
      start: time,
      until,
      pause: 12 * SECOND,
      door,
    });
    time += Math.round(random.exponential(6 * MINUTE));
  }
  return time;
}
