import { personActor } from "../person.ts";
import { suspend } from "../pool.ts";
import type { Random } from "../random.ts";
import { DAY, HOUR, MINUTE, type Part, type Span } from "../world.ts";
import { gather, gatherAll } from "./gather.ts";
import { carryOver, drawTwin } from "./two-products.ts";

/** Dials of customers who change their keys. */
export interface KeyRotationOptions {
  readonly span: Span;
  readonly id: string;
  readonly customers: number;
}

/** Days between the rotations that a policy asks for. */
const POLICY_DAYS = 3;
const FAMILY = "key rotation";

/** Customers who change keys. Half keep their account and get a new key every few days, all at the hour their policies name; half close the account and go on with a new one: same card, device and habits, conversations carried over once, so that a newcomer starts where one was closed. */
export function keyRotation(random: Random, options: KeyRotationOptions): Part {
  return gatherAll(
    Array.from({ length: options.customers }, (_unused, index) => {
      const own = random.fork(`customer ${index}`);
      const place = { span: options.span, id: `${options.id}-${index + 1}` };
      return index % 2 === 0 ? newAccount(own, place) : newKeys(own, place);
    }),
  );
}

interface Place {
  readonly span: Span;
  readonly id: string;
}

function newAccount(random: Random, { span, id }: Place): Part {
  const at = Math.floor(span.from + (span.until - span.from) * (0.25 + 0.5 * random.next()));
  const [first, second] = drawTwin(random, span, at);
  const last = { from: Math.max(span.from, at - DAY), until: at };
  return gather({
    id,
    family: FAMILY,
    lines: [first.line, second.line, suspend(first.line, at)],
    actors: [
      personActor(first, { from: span.from, until: at }, random.fork("before")),
      personActor(second, { from: at + MINUTE, until: span.until }, random.fork("after")),
      { due: () => carryOver(first, second, last, random.fork("both"), 2) },
    ],
  });
}

function newKeys(random: Random, { span, id }: Place): Part {
  const [person] = drawTwin(random, span, span.from);
  const midnight = Math.ceil(span.from / DAY) * DAY;
  const turns = [span.from];
  for (let at = midnight + 9 * HOUR; at < span.until; at += POLICY_DAYS * DAY) turns.push(at);
  return gather({
    id,
    family: FAMILY,
    lines: [person.line],
    actors: turns.map((from, index) => {
      const caller = { ...person.caller, credential: `key_${random.token(12)}` };
      const until = turns[index + 1] ?? span.until;
      return personActor({ ...person, caller }, { from, until }, random.fork(`key ${index}`));
    }),
  });
}
