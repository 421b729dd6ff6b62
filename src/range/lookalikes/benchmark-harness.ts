import { ask, openThread, said } from "../conversation.ts";
import { drawServer } from "../identity.ts";
import { activeSpan, answerOn, makePerson, personActor, type Person } from "../person.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { makeSubject } from "../texts/subject.ts";
import { DAY, HOUR, SECOND, type Due, type Part, type Span } from "../world.ts";
import { gather } from "./gather.ts";
import { writeBenchmarkItem } from "./item-lists.ts";

/** Dials of a benchmark that independent evaluators run. */
export interface BenchmarkOptions {
  readonly span: Span;
  readonly id: string;
  readonly evaluators: number;
  readonly questions: number;
  /** How many of them stop part of the way. */
  readonly stopped: number;
  /** When a model comes out that all of them run it on at once; without one, each runs it on days of its own. */
  readonly release?: number;
  /** The truth's family; one name for all evaluators where absent. */
  readonly family?: string;
}

/** The model that comes out on a release day. */
export const RELEASED = "orion-5";

const FRAME = (question: string): string =>
  `Answer the question below. Think step by step and write the final answer on its own line after "Answer:".\n\n${question}`;

/** Independent evaluators run one public list through one harness, in its order; on a release day all of them within hours, on the new model, to which many then move their own work. Some stop half-way, each where the money or the patience ends, and some run it again. */
export function benchmarkHarness(random: Random, options: BenchmarkOptions): Part {
  const { span, release } = options;
  const list = Array.from({ length: options.questions }, () => writeBenchmarkItem(random));
  const people = Array.from({ length: options.evaluators }, () =>
    makePerson(random, {
      span,
      language: english,
      daily: random.lognormal(0.6, 0.6),
      client: { userAgent: "evalbench/0.9.3 python-httpx/0.28.1", ...drawServer(random) },
      ...(release === undefined
        ? {}
        : { enrolment: { created: span.from - (5 + random.exponential(300)) * DAY } }),
    }),
  );
  return gather({
    id: options.id,
    family: options.family ?? "benchmark harness",
    lines: people.map((person) => person.line),
    actors: people.flatMap((person, index) => {
      const own = random.fork(`evaluator ${index}`);
      const length =
        index < options.stopped ? Math.ceil(list.length * (0.1 + 0.75 * own.next())) : list.length;
      const active = activeSpan(person, span);
      return [
        { due: () => run(person, { ...options, span: active }, own, list.slice(0, length)) },
        ...ownWork(person, options, own.fork("own work")),
      ];
    }),
  });
}

/** What an evaluator does beside it; from the release on, for many, on the new model. */
function ownWork(
  person: Person,
  { span, release }: BenchmarkOptions,
  random: Random,
): ReturnType<typeof personActor>[] {
  if (release === undefined || !random.chance(0.6)) return [personActor(person, span, random)];
  const moved = Math.floor(release + random.exponential(DAY));
  const caller = { ...person.caller, model: RELEASED };
  return [
    personActor(person, { from: span.from, until: moved }, random.fork("before")),
    personActor({ ...person, caller }, { from: moved, until: span.until }, random.fork("after")),
  ];
}

function* run(
  person: Person,
  { span, release }: BenchmarkOptions,
  random: Random,
  list: readonly string[],
): Generator<Due> {
  const { system: _system, ...bare } = person.caller;
  const caller = {
    ...bare,
    settings: { temperature: 0, maxTokens: 2048 },
    sessions: false,
    stateful: false,
    reasons: false,
    ...(release === undefined ? {} : { model: RELEASED }),
  };
  const client = person.clients[0]!;
  const room = Math.max(0, span.until - span.from - 2 * DAY);
  let time = Math.floor(
    release === undefined
      ? span.from + random.next() * room
      : Math.max(span.from, release + random.exponential(9 * HOUR)),
  );
  const runs = random.pick([1, 1, 2]);
  for (let i = 0; i < runs; i++) {
    const pace = random.lognormal(12, 0.6) * SECOND;
    for (const question of list) {
      if (time >= span.until) return;
      yield {
        time,
        take: () =>
          ask(
            random,
            caller,
            client,
            openThread(random),
            [said(FRAME(question))],
            answerOn(makeSubject(random, english), caller, random),
          ),
      };
      time += Math.max(1, Math.round(random.exponential(pace)));
    }
    time += Math.round(random.exponential(2 * DAY));
  }
}
