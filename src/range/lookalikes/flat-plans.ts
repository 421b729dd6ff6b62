import { WORKING } from "../agent.ts";
import { activeSpan, makePerson, personActor } from "../person.ts";
import type { Random } from "../random.ts";
import { HOUR, type Actor, type Due, type Part, type Span } from "../world.ts";
import { drawDeveloper, ownCraft } from "./agent-users.ts";
import { develop } from "./develop.ts";
import { gather } from "./gather.ts";

/** Dials of people who get the most out of a flat plan. */
export interface FlatPlansOptions {
  readonly span: Span;
  readonly id: string;
  readonly people: number;
  /** Requests that the plan allows in a window. */
  readonly allowance: number;
}

/** The plan's window. */
export const WINDOW = 5 * HOUR;

/** Strangers on one flat plan whose use is far beyond its price: some talk all day, some leave an agent running, which waits for the next window and goes on, night or day. Who reaches the allowance reaches the same one, so their volumes are alike. */
export function flatPlans(random: Random, options: FlatPlansOptions): Part {
  const { span, allowance } = options;
  const people = Array.from({ length: options.people }, (_unused, index) =>
    codes(index)
      ? drawDeveloper(random, span, { plan: "pro", daily: random.lognormal(4, 0.3) })
      : makePerson(random, {
          span,
          enrolment: { plan: "pro" },
          caller: { platform: "app" },
          daily: random.lognormal(12, 0.5),
        }),
  );
  return gather({
    id: options.id,
    family: "power users on flat plans",
    lines: people.map((person) => person.line),
    actors: people.map((person, index) => {
      const own = random.fork(`person ${index}`);
      const craft = ownCraft(own, person, { size: WORKING, steps: 9 });
      const actor: Actor = codes(index)
        ? { due: () => develop(own, craft, activeSpan(person, span)) }
        : personActor(person, span, own);
      return { due: () => withinAllowance(actor, allowance) };
    }),
  });
}

/** Every sixth works with an agent; the others talk. */
const codes = (index: number): boolean => index % 6 === 0;

/** The same traffic, put off where the window's allowance is used up: the rest waits for the next one. A window begins with its first request. */
function* withinAllowance(actor: Actor, allowance: number): Generator<Due> {
  const inner = actor.due();
  let opened = 0;
  let used = 0;
  let free = 0;
  for (let next = inner.next(); next.done !== true; next = inner.next()) {
    const { take } = next.value;
    let time = Math.max(next.value.time, free);
    if (time >= opened + WINDOW) {
      opened = time;
      used = 0;
    } else if (used >= allowance) {
      time = opened + WINDOW;
      opened = time;
      used = 0;
    }
    used++;
    free = time + 1000;
    yield { time, take };
  }
}
