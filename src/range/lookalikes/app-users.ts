import { makePerson, personActor } from "../person.ts";
import type { Random } from "../random.ts";
import type { Part, Span } from "../world.ts";
import { gather } from "./gather.ts";

const SYSTEM =
  "You are the writing companion inside Quillmate. Keep the user's meaning, improve the flow, and stay within the tone that was chosen. Return the text only, without remarks, in the language of the draft.";

/** People who use one app with keys of their own: the app writes the request round what they typed. */
export function appUsers(
  random: Random,
  options: { readonly span: Span; readonly id: string; readonly people: number },
): Part {
  const people = Array.from({ length: options.people }, () =>
    makePerson(random, {
      span: options.span,
      caller: {
        system: SYSTEM,
        settings: { temperature: 0.7, maxTokens: 2048 },
        sessions: false,
        platform: "api",
      },
      client: { userAgent: "Quillmate/3.2 okhttp/4.12.0" },
    }),
  );
  return gather({
    id: options.id,
    family: "app that writes its users' prompts",
    lines: people.map((person) => person.line),
    actors: people.map((person, index) => {
      const own = random.fork(`user ${index}`);
      const tone = own.pick(["friendly", "neutral", "formal"]);
      const wrap = (text: string): string =>
        `Rework the draft between the marks for the chosen tone (${tone}) and audience. Preserve names, figures and line breaks.\n<<<\n${text}\n>>>\nGive the reworked draft, then nothing else.`;
      return personActor(person, options.span, own, { wrap });
    }),
  });
}
