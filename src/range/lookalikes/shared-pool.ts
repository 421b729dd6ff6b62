import { makeRepository, WORKING } from "../agent.ts";
import { makePerson, personActor } from "../person.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import type { Part, Span } from "../world.ts";
import { foundCompany } from "./company.ts";
import { develop } from "./develop.ts";
import { gather } from "./gather.ts";
import { HERON } from "./heron.ts";
import { relayed } from "./relayed.ts";

/** Dials of a pool that colleagues share. */
export interface SharedPoolOptions {
  readonly span: Span;
  readonly id: string;
  readonly accounts: number;
  readonly developers: number;
}

/** A young firm whose developers share a few flat-plan accounts through a gateway that takes whichever is free: conversations hop between accounts as an operation's would. One card pays, all were opened within days, nothing is declared; there are few code bases, and they are the firm's. */
export function sharedPool(random: Random, options: SharedPoolOptions): Part {
  const { span } = options;
  const firm = foundCompany(random, {
    span,
    accounts: options.accounts,
    declared: false,
    plan: "pro",
    ageDays: [40, 44],
    servers: 1,
    caller: { platform: "api", dialect: random.pick(["openai-chat", "anthropic"]) },
  });
  const repositories = Array.from({ length: 3 }, () => makeRepository(random, WORKING));
  const client = { ...firm.servers[0]!, userAgent: "teamgate/0.4.1 undici/7.3.0" };
  const agent = {
    system: HERON.system,
    tools: HERON.tools,
    settings: { temperature: 0, maxTokens: 8192 },
  };
  const developers = Array.from({ length: options.developers }, () =>
    makePerson(random, {
      span,
      language: english,
      home: firm.home,
      daily: random.lognormal(0.8, 0.6),
      caller: { dialect: firm.callers[0]!.dialect, platform: "api", stateful: false },
    }),
  );
  return gather({
    id: options.id,
    family: "developers sharing one account pool",
    lines: firm.lines,
    actors: developers.flatMap((person, index) => {
      const own = random.fork(`developer ${index}`);
      const doors = own.fork("doors");
      const craft = {
        scaffold: HERON,
        repositories: own.sample(repositories, repositories.length),
        voice: person.voice,
        rhythm: person.rhythm,
        daily: person.daily,
        steps: 4,
        sit: () => () => ({ caller: { ...doors.pick(firm.callers), ...agent }, client }),
      };
      const chat = personActor(
        { ...person, line: firm.lines[0]!, clients: [client] },
        span,
        own.fork("chat"),
      );
      return [
        { due: () => develop(own, craft, span) },
        relayed(chat, () => {
          const { account, credential } = doors.pick(firm.callers);
          return { account, credential };
        }),
      ];
    }),
  });
}
