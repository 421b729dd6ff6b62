import { ask, openThread, said } from "../conversation.ts";
import { activeSpan, answerOn, makePerson, personActor, type Person } from "../person.ts";
import type { Random } from "../random.ts";
import { writeFollowup } from "../texts/write-prompt.ts";
import { DAY, HOUR, MINUTE, type Due, type Message, type Part, type Span } from "../world.ts";
import { gather } from "./gather.ts";

const PROMPT =
  "Look at everything I have asked you so far and describe me as if I were a railway station: my platforms, my delays, the kiosk, the announcement that nobody understands. Be kind but accurate.";
const TAILS = [
  "",
  "",
  "",
  "",
  " Rhyme it.",
  " In the style of a travel guide.",
  " Also draw it in ASCII.",
  " Give me a platform number.",
  " Be brutally honest though.",
  " Then do the same for my cat.",
];
/** Share of those who also go on with the conversation that made the prompt known. */
const CARRY_ON = 0.3;

/** Dials of a prompt that makes the rounds. */
export interface ViralOptions {
  readonly span: Span;
  readonly id: string;
  readonly people: number;
  readonly peak: number;
}

/** A prompt that makes the rounds: strangers paste it within two or three days, once or twice each, and otherwise go about their own business. The conversation it began with was published by a link, and some go on with it in accounts of their own: many present an answer that was issued to one. */
export function viralPrompt(random: Random, options: ViralOptions): Part {
  const { span } = options;
  const people = Array.from({ length: options.people }, (_unused, index) =>
    makePerson(random, index === 0 ? { span, enrolment: { created: span.from - DAY } } : { span }),
  );
  const author = people[0]!;
  const published: Message[] = [];
  return gather({
    id: options.id,
    family: "viral prompt",
    lines: people.map((person) => person.line),
    actors: people.flatMap((person, index) => {
      const own = random.fork(`person ${index}`);
      const specials = Array.from({ length: own.pick([1, 1, 1, 2]) }, () => ({
        time: Math.floor(options.peak + own.normal() * 0.6 * DAY + own.next() * HOUR),
        text: PROMPT + own.pick(TAILS),
      }))
        .filter(({ time }) => time > span.from && time < span.until)
        .toSorted((a, b) => a.time - b.time);
      const life = personActor(person, span, own, { specials });
      const link = own.fork("link");
      if (person === author)
        return [life, { due: () => publish(link, person, options, published) }];
      return link.chance(CARRY_ON)
        ? [life, { due: () => carryOn(link, person, options, published) }]
        : [life];
    }),
  });
}

/** The conversation that everybody has seen, early in the wave. */
function* publish(
  random: Random,
  person: Person,
  { span, peak }: ViralOptions,
  published: Message[],
): Generator<Due> {
  const thread = openThread(random);
  const caller = { ...person.caller, stateful: false, reasons: false };
  let time = Math.max(activeSpan(person, span).from, Math.floor(peak - DAY));
  for (let turn = 0; turn < 3 && time < span.until; turn++) {
    const subject = person.subjects[0]!;
    yield {
      time,
      take: () => {
        const text = turn === 0 ? PROMPT : writeFollowup(subject, person.voice, random);
        const reply = answerOn(subject, caller, random);
        const draft = ask(random, caller, person.clients[0]!, thread, [said(text)], reply);
        published.push(said(text), { role: "assistant", text: reply.text });
        return draft;
      },
    };
    time += Math.ceil(random.exponential(2 * MINUTE)) + MINUTE;
  }
}

/** Opens the published conversation and asks on. */
function* carryOn(
  random: Random,
  person: Person,
  { span, peak }: ViralOptions,
  published: readonly Message[],
): Generator<Due> {
  const since = activeSpan(person, span).from;
  const caller = { ...person.caller, stateful: false, reasons: false };
  const thread = openThread(random);
  let time = Math.floor(Math.max(since, peak + Math.abs(random.normal()) * 0.6 * DAY));
  for (let turns = random.whole(1, 2); turns > 0 && time < span.until; turns--) {
    const subject = person.subjects[0]!;
    yield {
      time,
      take: () => {
        if (thread.messages.length === 0) thread.messages.push(...published);
        const turn = [said(writeFollowup(subject, person.voice, random))];
        const reply = answerOn(subject, caller, random);
        return ask(random, caller, person.clients[0]!, thread, turn, reply);
      },
    };
    time += Math.ceil(random.exponential(3 * MINUTE)) + MINUTE;
  }
}
