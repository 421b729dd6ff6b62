import { ask, openThread, said, type Reply } from "../conversation.ts";
import { answerOn, makePerson, personActor, type Person } from "../person.ts";
import type { Random } from "../random.ts";
import { drawStarts } from "../rhythm.ts";
import { writeFollowup, writeOpening } from "../texts/write-prompt.ts";
import { DAY, MINUTE, type Due, type Part, type Span } from "../world.ts";
import { suspend } from "../pool.ts";

/** People with a private and a work account: now and then a conversation begun in one is carried on in the other. */
export function onePersonTwoAccounts(
  random: Random,
  options: { readonly span: Span; readonly id: string; readonly people: number },
): Part {
  const pairs = Array.from({ length: options.people }, () => twin(random, options.span));
  return {
    accounts: pairs.flat().map((person) => person.line),
    actors: pairs.flatMap(([first, second], index) => {
      const own = random.fork(`pair ${index}`);
      return [
        personActor(first, options.span, own.fork("first")),
        personActor(second, options.span, own.fork("second")),
        { due: () => carryOver(first, second, options.span, own.fork("both"), 0.25) },
      ];
    }),
    lookalikes: pairs.map((pair, index) => ({
      id: `${options.id}-${index + 1}`,
      family: "one person on two accounts",
      accounts: pair.map((person) => person.line.account),
    })),
  };
}

/** Customers who close an account and go on with a new one: same card, device and habits, conversations carried over once. */
export function keyRotation(
  random: Random,
  options: { readonly span: Span; readonly id: string; readonly customers: number },
): Part {
  const length = options.span.until - options.span.from;
  const moves = Array.from({ length: options.customers }, () => {
    const at = Math.floor(options.span.from + length * (0.25 + 0.5 * random.next()));
    return { at, pair: twin(random, options.span, at) };
  });
  return {
    accounts: moves.flatMap(({ at, pair: [first, second] }) => [
      first.line,
      second.line,
      suspend(first.line, at),
    ]),
    actors: moves.flatMap(({ at, pair: [first, second] }, index) => {
      const own = random.fork(`move ${index}`);
      const before = { from: options.span.from, until: at };
      const after = { from: at + MINUTE, until: options.span.until };
      return [
        personActor(first, before, own.fork("before")),
        personActor(second, after, own.fork("after")),
        { due: () => carryOver(first, second, { from: at - DAY, until: at }, own.fork("both"), 2) },
      ];
    }),
    lookalikes: moves.map(({ pair }, index) => ({
      id: `${options.id}-${index + 1}`,
      family: "key rotation",
      accounts: pair.map((person) => person.line.account),
    })),
  };
}

function twin(random: Random, span: Span, movedAt?: number): [Person, Person] {
  const payment = `pay_${random.hex(16)}`;
  const device = `dev_${random.hex(16)}`;
  const first = makePerson(random, {
    span,
    enrolment: {
      payment,
      device,
      created: span.from - 300 * random.next() * DAY,
    },
    caller: { stateful: false },
  });
  const second = makePerson(random, {
    span,
    language: first.language,
    subjects: first.subjects,
    rhythm: first.rhythm,
    daily: first.daily,
    caller: { dialect: first.caller.dialect, stateful: false },
    enrolment: {
      payment,
      device,
      home: { country: first.line.country, offset: first.rhythm.offset },
      created:
        (movedAt ?? span.from) - (1 + random.next() * (movedAt === undefined ? 200 : 2)) * DAY,
    },
  });
  return [first, { ...second, voice: first.voice, clients: first.clients }];
}

/** Conversations whose first part goes through one account and whose rest through the other. */
function* carryOver(
  first: Person,
  second: Person,
  span: Span,
  random: Random,
  daily: number,
): Generator<Due> {
  for (const start of drawStarts(random, { ...first.rhythm, presence: 1 }, daily, span)) {
    const thread = openThread(random);
    const subject = random.pick(first.subjects);
    const client = random.pick(first.clients);
    let reply: Reply = { text: "" };
    yield {
      time: start,
      take: () => {
        reply = answerOn(subject, first.caller, random);
        return ask(
          random,
          first.caller,
          client,
          thread,
          [said(writeOpening(subject, first.voice, random))],
          reply,
        );
      },
    };
    yield {
      time: start + random.whole(1, 4) * MINUTE,
      take: () =>
        ask(
          random,
          second.caller,
          client,
          thread,
          [said(writeFollowup(subject, first.voice, random))],
          answerOn(subject, second.caller, random),
        ),
    };
  }
}
