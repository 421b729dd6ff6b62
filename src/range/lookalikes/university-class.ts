import { drawLine } from "../identity.ts";
import { makePerson, personActor } from "../person.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { utter } from "../texts/voice.ts";
import { DAY, HOUR, type Part, type Span } from "../world.ts";
import { gather } from "./gather.ts";
import { writeExercise } from "./item-lists.ts";

/** A class with one exercise sheet: most paste the questions as they stand, some in words of their own, in the evenings before it is due, from the campus network, on an education programme. */
export function universityClass(
  random: Random,
  options: {
    readonly span: Span;
    readonly id: string;
    readonly students: number;
    readonly dueAt: number;
  },
): Part {
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
  return gather({
    id: options.id,
    family: "university class with one sheet",
    lines: people.map((person) => person.line),
    actors: people.map((person, index) => {
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
      return personActor(person, options.span, own, { specials });
    }),
  });
}
