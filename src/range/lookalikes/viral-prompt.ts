import { makePerson, personActor } from "../person.ts";
import type { Random } from "../random.ts";
import { DAY, HOUR, type Part, type Span } from "../world.ts";
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

/** A prompt that makes the rounds: strangers paste it within two or three days, once or twice each, and otherwise go about their own business. */
export function viralPrompt(
  random: Random,
  options: {
    readonly span: Span;
    readonly id: string;
    readonly people: number;
    readonly peak: number;
  },
): Part {
  const people = Array.from({ length: options.people }, () =>
    makePerson(random, { span: options.span }),
  );
  return gather({
    id: options.id,
    family: "viral prompt",
    lines: people.map((person) => person.line),
    actors: people.map((person, index) => {
      const own = random.fork(`person ${index}`);
      const specials = Array.from({ length: own.pick([1, 1, 1, 2]) }, () => ({
        time: Math.floor(options.peak + own.normal() * 0.6 * DAY + own.next() * HOUR),
        text: PROMPT + own.pick(TAILS),
      }))
        .filter(({ time }) => time > options.span.from && time < options.span.until)
        .toSorted((a, b) => a.time - b.time);
      return personActor(person, options.span, own, { specials });
    }),
  });
}
