import { drawLine } from "../identity.ts";
import { makePerson, personActor } from "../person.ts";
import type { Random } from "../random.ts";
import { drawLanguage } from "../person.ts";
import { spanish } from "../texts/spanish.ts";
import type { Part, Span } from "../world.ts";
import { gather } from "./gather.ts";

/** Dials of a carrier's shared addresses. */
export interface CarrierOptions {
  readonly span: Span;
  readonly id: string;
  readonly people: number;
}

const PHONES = [
  {
    userAgent: "Mozilla/5.0 (Linux; Android 15) Chrome/131.0.0.0 Mobile",
    ja4: "t13d1511h2_6a1e7c30b2d4_90be11c7f2aa",
  },
  {
    userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) Mobile/15E148",
    ja4: "t13d1507h2_2c40d91ef6a8_417be0d35c19",
  },
] as const;

/** Strangers who reach the provider through one mobile carrier: a handful of addresses of one block for all of them, two client strings between them, many on the free plan. Some have a line at home as well. */
export function carrierNetwork(random: Random, options: CarrierOptions): Part {
  const { span } = options;
  const carrier = drawLine(random, "MX");
  const people = Array.from({ length: options.people }, () => {
    const person = makePerson(random, {
      span,
      language: random.chance(0.85) ? spanish : drawLanguage(random),
      home: { country: "MX", offset: -6 },
      caller: { platform: "app" },
      ...(random.chance(0.6) ? { enrolment: { plan: "free" } } : {}),
    });
    const phone = { ...carrier, ...random.pick(PHONES) };
    return { ...person, clients: random.chance(0.3) ? [phone, ...person.clients] : [phone] };
  });
  return gather({
    id: options.id,
    family: "carrier network behind one address block",
    lines: people.map((person) => person.line),
    actors: people.map((person, index) => personActor(person, span, random.fork(`phone ${index}`))),
  });
}
