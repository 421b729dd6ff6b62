import { makePerson, personActor } from "../person.ts";
import type { Random } from "../random.ts";
import type { Part, Span } from "../world.ts";
import { foundCompany } from "./company.ts";
import { gather } from "./gather.ts";
import { relayed } from "./relayed.ts";

/** Dials of an aggregator. */
export interface AggregatorOptions {
  readonly span: Span;
  readonly id: string;
  readonly accounts: number;
  readonly users: number;
}

/** An aggregator, declared as one organization: its users' requests go to whichever of its accounts is free, so a conversation begun through one goes on through another. Part of the users are named by a stable id, part are not. */
export function aggregator(random: Random, options: AggregatorOptions): Part {
  const { span } = options;
  const company = foundCompany(random, {
    span,
    accounts: options.accounts,
    declared: true,
    plan: "payg",
    servers: 3,
    caller: { platform: "aggregator" },
  });
  return gather({
    id: options.id,
    family: "aggregator",
    lines: company.lines,
    actors: Array.from({ length: options.users }, (_unused, index) => {
      const own = random.fork(`user ${index}`);
      const user = makePerson(random, {
        span,
        daily: Math.min(20, random.lognormal(1.2, 1.1)),
        caller: {
          organization: company.organization!,
          platform: "aggregator",
          dialect: company.callers[0]!.dialect,
          stateful: false,
          sessions: false,
          ...(random.chance(0.6) ? { endUser: `u_${random.token(12)}` } : {}),
        },
      });
      const seen = { ...user, line: company.lines[0]!, clients: company.servers };
      return relayed(personActor(seen, span, own), () => {
        const { account, credential } = own.pick(company.callers);
        return { account, credential };
      });
    }),
  });
}
