import { drawDevice, drawLine } from "../identity.ts";
import { makePerson, personActor } from "../person.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { german } from "../texts/german.ts";
import type { Part, Span } from "../world.ts";
import { gather } from "./gather.ts";

/** Colleagues behind one address with one mail domain and the house's client version, each with an account and work of their own; the organization is not declared. */
export function officeNetwork(
  random: Random,
  options: { readonly span: Span; readonly id: string; readonly people: number },
): Part {
  const line = drawLine(random, "DE");
  const mail = `${german.surname(random).toLowerCase().replaceAll(/[äöü]/g, "e")}.example`;
  const house = { ...line, ...drawDevice(random) };
  const people = Array.from({ length: options.people }, () =>
    makePerson(random, {
      span: options.span,
      language: random.chance(0.75) ? german : english,
      home: { country: "DE", offset: 1 },
      enrolment: { mail, ...(random.chance(0.3) ? { plan: "team" } : {}) },
      client: random.chance(0.7) ? house : line,
    }),
  );
  return gather({
    id: options.id,
    family: "office behind one address",
    lines: people.map((person) => person.line),
    actors: people.map((person, index) =>
      personActor(person, options.span, random.fork(`colleague ${index}`)),
    ),
  });
}
