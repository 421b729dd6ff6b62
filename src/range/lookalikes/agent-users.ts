import { makeRepository, WORKING, type RepositorySize } from "../agent.ts";
import { renewAddress } from "../identity.ts";
import { activeSpan, makePerson, type Person } from "../person.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import type { Part, Span } from "../world.ts";
import { develop, type Craft } from "./develop.ts";
import { gather } from "./gather.ts";
import { HERON } from "./heron.ts";

/** Dials of the users of one agent. */
export interface AgentUsersOptions {
  readonly span: Span;
  readonly id: string;
  readonly people: number;
  /** How large their code bases are; working ones where absent. */
  readonly size?: RepositorySize;
}

/** Strangers who use one open-source coding agent: its system prompt and tools are the same for all, their code and requests are their own. */
export function agentUsers(random: Random, options: AgentUsersOptions): Part {
  const { span, id } = options;
  const people = Array.from({ length: options.people }, () => drawDeveloper(random, span));
  return gather({
    id,
    family: "open-source agent with one scaffolding",
    lines: people.map((person) => person.line),
    actors: people.map((person, index) => {
      const own = random.fork(`user ${index}`);
      const size = options.size ?? WORKING;
      return {
        due: () =>
          develop(own, ownCraft(own, person, { size, steps: 4 }), activeSpan(person, span)),
      };
    }),
  });
}

/** Someone who works with the agent, on an account of their own. */
export function drawDeveloper(
  random: Random,
  span: Span,
  traits: { readonly plan?: string; readonly daily?: number } = {},
): Person {
  const { plan, daily } = traits;
  return makePerson(random, {
    span,
    language: english,
    caller: {
      system: HERON.system,
      tools: HERON.tools,
      settings: { temperature: 0, maxTokens: 8192 },
      sessions: true,
      stateful: false,
      platform: "api",
    },
    client: { userAgent: "heron-cli/1.14.2" },
    daily: daily ?? Math.min(10, random.lognormal(0.5, 0.9)),
    ...(plan === undefined ? {} : { enrolment: { plan } }),
  });
}

/** A person's work with the agent on one to three code bases of their own, from their own lines. */
export function ownCraft(
  random: Random,
  person: Person,
  { size, steps }: { readonly size: RepositorySize; readonly steps: number },
): Craft {
  const { voice, rhythm, daily, caller } = person;
  return {
    scaffold: HERON,
    repositories: Array.from({ length: random.pick([1, 1, 2, 3]) }, () =>
      makeRepository(random, size),
    ),
    voice,
    rhythm,
    daily,
    steps,
    sit: () => {
      const client = renewAddress(random, random.pick(person.clients));
      return () => ({ caller, client });
    },
  };
}
