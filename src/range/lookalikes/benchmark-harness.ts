import { ask, openThread, said } from "../conversation.ts";
import { drawServer } from "../identity.ts";
import { activeSpan, answerOn, makePerson, personActor, type Person } from "../person.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { makeSubject } from "../texts/subject.ts";
import { writeTask } from "../texts/tasks.ts";
import { DAY, SECOND, type Due, type Part, type Span } from "../world.ts";

/** Dials of a benchmark that independent evaluators run. */
export interface BenchmarkOptions {
  readonly span: Span;
  readonly id: string;
  readonly evaluators: number;
  readonly questions: number;
  /** How many of them stop part of the way. */
  readonly stopped: number;
}

const FRAME = (question: string): string =>
  `Answer the question below. Think step by step and write the final answer on its own line after "Answer:".\n\n${question}`;

/** Independent evaluators run one public list through one harness, in its order, each on days of their own; some stop half-way and some run it again. */
export function benchmarkHarness(random: Random, options: BenchmarkOptions): Part {
  const list = Array.from({ length: options.questions }, () => writeTask(random).text);
  const people = Array.from({ length: options.evaluators }, () =>
    makePerson(random, {
      span: options.span,
      language: english,
      daily: random.lognormal(0.6, 0.6),
      client: { userAgent: "evalbench/0.9.3 python-httpx/0.28.1", ...drawServer(random) },
    }),
  );
  return {
    accounts: people.map((person) => person.line),
    actors: people.flatMap((person, index) => {
      const own = random.fork(`evaluator ${index}`);
      const length =
        index < options.stopped ? Math.floor(list.length * (0.35 + 0.3 * own.next())) : list.length;
      return [
        { due: () => run(person, activeSpan(person, options.span), own, list.slice(0, length)) },
        personActor(person, options.span, own.fork("own work")),
      ];
    }),
    lookalikes: [
      {
        id: options.id,
        family: "benchmark harness",
        accounts: people.map((person) => person.line.account),
      },
    ],
  };
}

function* run(person: Person, span: Span, random: Random, list: readonly string[]): Generator<Due> {
  const { system: _system, ...bare } = person.caller;
  const caller = {
    ...bare,
    settings: { temperature: 0, maxTokens: 2048 },
    sessions: false,
    stateful: false,
    reasons: false,
  };
  const client = person.clients[0]!;
  let time = Math.floor(span.from + random.next() * (span.until - span.from - 2 * DAY));
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
