import type { Actor, Draft, Due } from "../world.ts";

/** The same traffic through whatever account `door` names at each request, as behind a gateway that picks a free one. */
export function relayed(actor: Actor, door: () => Pick<Draft, "account" | "credential">): Actor {
  return { due: () => pass(actor, door) };
}

function* pass(actor: Actor, door: () => Pick<Draft, "account" | "credential">): Generator<Due> {
  const inner = actor.due();
  for (let next = inner.next(); next.done !== true; next = inner.next()) {
    const { time, take } = next.value;
    yield { time, take: () => ({ ...take(), ...door() }) };
  }
}
