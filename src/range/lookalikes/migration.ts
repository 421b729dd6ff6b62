import { ask, openThread, said } from "../conversation.ts";
import { answerOn, makePerson, personActor, type Person } from "../person.ts";
import type { Random } from "../random.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import { writeFollowup, writeOpening } from "../texts/write-prompt.ts";
import {
  DAY,
  HOUR,
  MINUTE,
  SECOND,
  type Due,
  type Message,
  type Part,
  type Span,
} from "../world.ts";
import { gather } from "./gather.ts";

/** Dials of a wave of customers from another provider. */
export interface MigrationOptions {
  readonly span: Span;
  readonly id: string;
  readonly customers: number;
  /** When the other provider closed; sign-ups follow within two days. */
  readonly at: number;
}

/** Customers of a provider that closed: they sign up within two days, on a welcome programme, with one compatibility library and its defaults, and are at their full volume within the hour. They bring conversations that were never issued here, and run their own test questions before and after. */
export function migration(random: Random, options: MigrationOptions): Part {
  const { span, at } = options;
  const customers = Array.from({ length: options.customers }, () =>
    makePerson(random, {
      span,
      enrolment: {
        created: Math.max(span.from, at) + Math.min(2 * DAY, random.exponential(14 * HOUR)),
        plan: "payg",
        ...(random.chance(0.7) ? { program: "startup" } : {}),
      },
      caller: {
        dialect: "openai-chat",
        settings: { temperature: 0.7, maxTokens: 4096 },
        model: "orion-4",
        platform: "api",
        stateful: false,
        reasons: false,
      },
      client: { userAgent: "switchover-compat/1.4.0 python-httpx/0.28.1" },
      daily: Math.min(40, random.lognormal(6, 0.8)),
    }),
  );
  return gather({
    id: options.id,
    family: "migration from another provider at once",
    lines: customers.map((person) => person.line),
    actors: customers.flatMap((person, index) => {
      const own = random.fork(`customer ${index}`);
      const since = Date.parse(person.line.created) + MINUTE;
      return [
        { due: () => takeUp(own.fork("old"), person, since, span.until) },
        { due: () => testRuns(own.fork("tests"), person, since, span.until) },
        personActor(person, span, own),
      ];
    }),
  });
}

/** Conversations that were under way elsewhere, carried on here with all that was said there. */
function* takeUp(random: Random, person: Person, since: number, until: number): Generator<Due> {
  let time = since;
  for (let left = random.whole(4, 30); left > 0; left--) {
    time += Math.ceil(random.exponential(20 * MINUTE));
    if (time >= until) return;
    yield {
      time,
      take: () => {
        const subject = random.pick(person.subjects);
        const thread = openThread(random);
        for (let turn = random.whole(1, 6); turn > 0; turn--) {
          const text =
            thread.messages.length === 0
              ? writeOpening(subject, person.voice, random)
              : writeFollowup(subject, person.voice, random);
          const answer: Message = { role: "assistant", text: writeAnswer(subject, random) };
          thread.messages.push(said(text), answer);
        }
        const next = [said(writeFollowup(subject, person.voice, random))];
        const reply = answerOn(subject, person.caller, random);
        return ask(random, person.caller, random.pick(person.clients), thread, next, reply);
      },
    };
  }
}

/** The customer's own list of questions, run on arrival and again a day or so later. */
function* testRuns(random: Random, person: Person, since: number, until: number): Generator<Due> {
  const subject = person.subjects[0]!;
  const list = Array.from({ length: random.whole(15, 60) }, () =>
    writeOpening(random.pick(person.subjects), person.voice, random),
  );
  const caller = { ...person.caller, settings: { temperature: 0, maxTokens: 4096 } };
  let time = since;
  for (let run = 0; run < 2; run++) {
    for (const question of list) {
      time += Math.ceil(random.exponential(7 * SECOND));
      if (time >= until) return;
      yield {
        time,
        take: () =>
          ask(random, caller, person.clients[0]!, openThread(random), [said(question)], {
            text: writeAnswer(subject, random, 0.8),
          }),
      };
    }
    time += Math.ceil(random.exponential(DAY) + 2 * HOUR);
  }
}
