import { ask, openThread, said, type Reply } from "../conversation.ts";
import { drawDevice, renewAddress } from "../identity.ts";
import { answerOn, makePerson, personActor, type Person } from "../person.ts";
import type { Random } from "../random.ts";
import { drawStarts } from "../rhythm.ts";
import { writeFollowup, writeOpening } from "../texts/write-prompt.ts";
import { DAY, MINUTE, type Due, type Part, type Span } from "../world.ts";
import { gather, gatherAll } from "./gather.ts";

/** People with an account on the provider's app and another on its interface for programs: now and then a conversation begun in the one is carried on in the other, answers included. Card, device and line are the same, client strings are not. */
export function onePersonTwoProducts(
  random: Random,
  options: { readonly span: Span; readonly id: string; readonly people: number },
): Part {
  const { span } = options;
  return gatherAll(
    Array.from({ length: options.people }, (_unused, index) => {
      const [first, second] = drawTwin(random, span);
      const own = random.fork(`pair ${index}`);
      return gather({
        id: `${options.id}-${index + 1}`,
        family: "one person on two products",
        lines: [first.line, second.line],
        actors: [
          personActor(first, span, own.fork("first")),
          personActor(second, span, own.fork("second")),
          { due: () => carryOver(first, second, span, own.fork("both"), 0.25) },
        ],
      });
    }),
  );
}

/** One person with two accounts; the second was opened for a move at `movedAt`, or at some time before the window. */
export function drawTwin(random: Random, span: Span, movedAt?: number): [Person, Person] {
  const payment = `pay_${random.hex(16)}`;
  const device = `dev_${random.hex(16)}`;
  const first = makePerson(random, {
    span,
    enrolment: {
      payment,
      device,
      created: span.from - (10 + 300 * random.next()) * DAY,
    },
    caller: { stateful: false, ...(movedAt === undefined ? { platform: "app" } : {}) },
  });
  const before = 1 + random.next() * (movedAt === undefined ? 200 : 2);
  const second = makePerson(random, {
    span,
    language: first.language,
    subjects: first.subjects,
    rhythm: first.rhythm,
    daily: first.daily,
    caller: {
      dialect: first.caller.dialect,
      stateful: false,
      ...(movedAt === undefined ? { platform: "api" } : {}),
    },
    enrolment: {
      payment,
      device,
      home: { country: first.line.country, offset: first.rhythm.offset },
      created: (movedAt ?? span.from) - before * DAY,
    },
  });
  const clients =
    movedAt === undefined
      ? first.clients.map((client) => ({ ...client, ...drawDevice(random, true) }))
      : first.clients;
  return [first, { ...second, voice: first.voice, clients }];
}

/** Conversations whose first part goes through one account and whose rest through the other. */
export function* carryOver(
  first: Person,
  second: Person,
  span: Span,
  random: Random,
  daily: number,
): Generator<Due> {
  let free = span.from;
  for (const start of drawStarts(random, { ...first.rhythm, presence: 1 }, daily, span)) {
    const thread = openThread(random);
    const subject = random.pick(first.subjects);
    const line = random.whole(0, first.clients.length - 1);
    let reply: Reply = { text: "" };
    let time = Math.max(free, start);
    yield {
      time,
      take: () => {
        reply = answerOn(subject, first.caller, random);
        const turn = [said(writeOpening(subject, first.voice, random))];
        const client = renewAddress(random, first.clients[line]!);
        return ask(random, first.caller, client, thread, turn, reply);
      },
    };
    time += random.whole(1, 4) * MINUTE;
    if (time >= span.until) return;
    yield {
      time,
      take: () => {
        const turn = [said(writeFollowup(subject, first.voice, random))];
        const client = renewAddress(random, second.clients[line]!);
        return ask(
          random,
          second.caller,
          client,
          thread,
          turn,
          answerOn(subject, second.caller, random),
        );
      },
    };
    free = time + MINUTE;
  }
}
