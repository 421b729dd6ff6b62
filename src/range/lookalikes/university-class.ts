import { ask, openThread, said } from "../conversation.ts";
import { drawLine } from "../identity.ts";
import { answerOn, makePerson, personActor, type Person } from "../person.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { utter } from "../texts/voice.ts";
import { DAY, HOUR, type Due, type Part, type Span } from "../world.ts";
import { gather } from "./gather.ts";
import { writeExercise } from "./item-lists.ts";

/** Dials of a class. */
export interface ClassOptions {
  readonly span: Span;
  readonly id: string;
  readonly students: number;
  readonly dueAt: number;
}

/** Answers that go round the class are the newest so many. */
const GOING_ROUND = 40;

/** A class with one exercise sheet: most paste the questions as they stand, some in words of their own, in the evenings before it is due, from the campus network, on an education programme. Answers that one was given go round, and others paste them to have them checked. */
export function universityClass(random: Random, options: ClassOptions): Part {
  const campus = drawLine(random, "GB");
  const mail = `${english.place(random).toLowerCase().replace(" ", "-")}-university.example`;
  const sheet = Array.from({ length: 14 }, (_unused, index) => writeExercise(random, index + 1));
  const people = Array.from({ length: options.students }, () =>
    makePerson(random, {
      span: options.span,
      language: english,
      home: { country: "GB", offset: 0 },
      enrolment: {
        mail,
        program: "education",
        plan: "free",
        payment: null,
        created: options.span.from - random.whole(20, 60) * DAY - random.next() * DAY,
      },
      ...(random.chance(0.6) ? { client: { asn: campus.asn, ip: campus.ip } } : {}),
      daily: random.lognormal(0.2, 0.8),
    }),
  );
  const round: Solution[] = [];
  return gather({
    id: options.id,
    family: "university class with one sheet",
    lines: people.map((person) => person.line),
    actors: people.flatMap((person, index) => {
      const own = random.fork(`student ${index}`);
      const specials = random
        .sample(sheet, random.whole(3, 12))
        .map((question) => ({
          time: Math.floor(options.dueAt - Math.abs(own.normal()) * 30 * HOUR - own.next() * HOUR),
          text: own.chance(0.65)
            ? question
            : utter(
                `${own.pick(person.voice.openers)} ${question.slice(0, own.whole(60, 160))}... ${own.pick(["I don't get it", "where do I begin", "is it the second method", "my result differs", "hint please"])}`,
                person.voice,
                own,
              ),
        }))
        .filter(({ time }) => time > options.span.from && time < options.span.until)
        .toSorted((a, b) => a.time - b.time);
      const heard = (prompt: string, reply: { readonly text: string }): void => {
        if (!prompt.startsWith("Exercise")) return;
        round.push({ by: person.line.account, text: reply.text });
        if (round.length > GOING_ROUND) round.shift();
      };
      const life = personActor(person, options.span, own, { specials, heard });
      const check = own.fork("check");
      return check.chance(0.3)
        ? [life, { due: () => haveChecked(check, person, options, round) }]
        : [life];
    }),
  });
}

/** An answer that a student was given. */
interface Solution {
  readonly by: string;
  readonly text: string;
}

/** One question about what somebody else was answered. */
function* haveChecked(
  random: Random,
  person: Person,
  { span, dueAt }: ClassOptions,
  round: readonly Solution[],
): Generator<Due> {
  const time = Math.floor(dueAt - Math.abs(random.normal()) * 12 * HOUR);
  if (time <= span.from || time >= span.until) return;
  yield {
    time,
    take: () => {
      const other = round.filter(({ by }) => by !== person.line.account);
      const mate = english.given(random);
      const text =
        other.length === 0
          ? `Has ${mate} asked you about the sheet?`
          : `${mate} was told this, ${random.pick(["does it hold?", "is (b) right?", "I get something else."])}\n\n${random.pick(other).text}`;
      const reply = answerOn(person.subjects[0]!, person.caller, random);
      const { voice, clients, caller } = person;
      return ask(
        random,
        caller,
        clients[0]!,
        openThread(random),
        [said(utter(text, voice, random))],
        reply,
      );
    },
  };
}
