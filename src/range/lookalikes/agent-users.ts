import {
  answerCalls,
  makeRepository,
  writeIssue,
  writeStep,
  type Repository,
  type Scaffold,
} from "../agent.ts";
import { ask, openThread, said } from "../conversation.ts";
import { renewAddress } from "../identity.ts";
import { activeSpan, makePerson, type Person } from "../person.ts";
import type { Random } from "../random.ts";
import { drawStarts } from "../rhythm.ts";
import { english } from "../texts/english.ts";
import { utter } from "../texts/voice.ts";
import {
  MINUTE,
  SECOND,
  type Due,
  type Message,
  type Part,
  type Span,
  type ToolCall,
} from "../world.ts";

const SCAFFOLD: Scaffold = {
  system:
    "You are Heron, an open-source pair programmer that runs in the user's terminal. Read before you write. Keep patches small and match the style of the file at hand. Never touch files outside the workspace. Ask when a request has two readings. After every change run the narrowest test that covers it. Speak briefly and do not repeat what the user can see.",
  tools: [
    {
      name: "read_file",
      description: "Read a file of the workspace",
      parameters: { path: "Path from the root" },
    },
    {
      name: "run_command",
      description: "Run a command in the user's shell",
      parameters: { command: "Command line" },
    },
    {
      name: "edit_file",
      description: "Replace a part of a file",
      parameters: { path: "Path", text: "New text" },
    },
    { name: "search", description: "Search the workspace", parameters: { query: "Pattern" } },
  ],
};

/** Strangers who use one open-source coding agent: its system prompt and tools are the same for all, their code and requests are their own. */
export function agentUsers(
  random: Random,
  options: { readonly span: Span; readonly id: string; readonly people: number },
): Part {
  const people = Array.from({ length: options.people }, () =>
    makePerson(random, {
      span: options.span,
      language: english,
      caller: {
        system: SCAFFOLD.system,
        tools: SCAFFOLD.tools,
        settings: { temperature: 0, maxTokens: 8192 },
        sessions: true,
        stateful: false,
        platform: "api",
      },
      client: { userAgent: "heron-cli/1.14.2" },
      daily: Math.min(10, random.lognormal(0.5, 0.9)),
    }),
  );
  return {
    accounts: people.map((person) => person.line),
    actors: people.map((person, index) => {
      const own = random.fork(`user ${index}`);
      return { due: () => develop(person, activeSpan(person, options.span), own) };
    }),
    lookalikes: [
      {
        id: options.id,
        family: "open-source agent with one scaffolding",
        accounts: people.map((person) => person.line.account),
      },
    ],
  };
}

function* develop(person: Person, span: Span, random: Random): Generator<Due> {
  const repositories = Array.from({ length: random.pick([1, 1, 2, 3]) }, () =>
    makeRepository(random),
  );
  let free = span.from;
  for (const start of drawStarts(random, person.rhythm, person.daily, span)) {
    free = yield* sitting(person, repositories, Math.max(free, start), span.until, random);
  }
}

/** One sitting: a few requests, each with the agent's tool calls until it reports. */
function* sitting(
  person: Person,
  repositories: readonly Repository[],
  start: number,
  until: number,
  random: Random,
): Generator<Due, number> {
  const repository = random.chance(0.75)
    ? (repositories[0] as Repository)
    : random.pick(repositories);
  const thread = openThread(random);
  const client = renewAddress(random, random.pick(person.clients));
  const requests = random.weighted([
    [1, 5],
    [2, 3],
    [3, 1],
  ] as const);
  let time = start;
  for (let request = 0; request < requests; request++) {
    const steps = random.whole(1, 6);
    let turn: readonly Message[] = [
      said(utter(writeIssue(repository, random), person.voice, random)),
    ];
    for (let step = 0; step < steps; step++) {
      if (time >= until) return time;
      let calls: readonly ToolCall[] = [];
      yield {
        time,
        take: () => {
          const reply = writeStep(
            repository,
            SCAFFOLD,
            person.caller.dialect,
            random,
            step === steps - 1,
          );
          calls = reply.calls ?? [];
          return ask(random, person.caller, client, thread, turn, reply);
        },
      };
      turn = answerCalls(calls, repository, random);
      time += Math.round(3 * SECOND + random.exponential(12 * SECOND));
    }
    time += Math.round(random.exponential(6 * MINUTE));
  }
  return time;
}
