import { ask, openThread, said, type Thread } from "../../src/range/conversation.ts";
import { renewAddress } from "../../src/range/identity.ts";
import {
  activeSpan,
  answerOn,
  makePerson,
  personActor,
  type Person,
} from "../../src/range/person.ts";
import type { Random } from "../../src/range/random.ts";
import { drawStarts } from "../../src/range/rhythm.ts";
import { chinese } from "../../src/range/texts/chinese.ts";
import { english } from "../../src/range/texts/english.ts";
import { writeFollowup } from "../../src/range/texts/write-prompt.ts";
import {
  MINUTE,
  SECOND,
  type Client,
  type Due,
  type Message,
  type Part,
  type Span,
} from "../../src/range/world.ts";
import type { AgentTurn, Material } from "./load-material.ts";

type Conversation = Material["arena"][number]["conversations"][number];

/** Arena users with the conversations they had, one account each, at hours of their own. */
export function arenaUsers(random: Random, material: Material, span: Span): Part {
  const pairs = material.arena.map((user) => ({
    user,
    person: makePerson(random, { span, language: english }),
  }));
  return {
    accounts: pairs.map(({ person }) => person.line),
    actors: pairs.map(({ user, person }) => {
      const own = random.fork(user.user);
      return { due: () => recorded(own, person, user.conversations, activeSpan(person, span)) };
    }),
    lookalikes: [
      {
        id: "arena",
        family: "Arena users",
        accounts: pairs.map(({ person }) => person.line.account),
      },
    ],
  };
}

function* recorded(
  random: Random,
  person: Person,
  conversations: readonly Conversation[],
  span: Span,
): Generator<Due> {
  const starts = [
    ...drawStarts(random, { ...person.rhythm, presence: 1 }, 1 + conversations.length / 3, span),
  ];
  const chosen = random.sample(starts, conversations.length).toSorted((a, b) => a - b);
  let free = span.from;
  for (const [i, start] of chosen.entries()) {
    const conversation = conversations[i] as Conversation;
    const thread = openThread(random);
    const client = renewAddress(random, random.pick(person.clients));
    let time = Math.max(free, start);
    for (const [turn, text] of conversation.turns.entries()) {
      yield {
        time,
        take: () => {
          const reply =
            turn === 0 && conversation.answer !== ""
              ? { text: conversation.answer }
              : answerOn(person.subjects[0]!, person.caller, random);
          return ask(random, person.caller, client, thread, [said(text)], reply);
        },
      };
      time += Math.round(20 * SECOND + random.exponential(MINUTE));
    }
    free = time;
  }
}

/** People who start from a role prompt of a public library and then go about their own subjects. The same role is used by several. */
export function roleUsers(
  random: Random,
  span: Span,
  options: {
    readonly id: string;
    readonly family: string;
    readonly roles: readonly string[];
    readonly people: number;
    readonly inChinese: boolean;
  },
): Part {
  const favourites = random.sample(options.roles, options.roles.length);
  const people = Array.from({ length: options.people }, () => {
    const role = favourites[Math.floor(favourites.length * random.next() ** 2.5)] as string;
    const asSystem = random.chance(0.5);
    const person = makePerson(random, {
      span,
      language: options.inChinese ? chinese : english,
      daily: random.lognormal(0.5, 0.8),
      ...(asSystem ? { caller: { system: role } } : {}),
    });
    return { person, role, asSystem };
  });
  return {
    accounts: people.map(({ person }) => person.line),
    actors: people.map(({ person, role, asSystem }, index) => {
      const wrap = (text: string, own: Random): string =>
        own.chance(0.6) ? `${role}\n\n${text}` : text;
      return personActor(
        person,
        span,
        random.fork(`${options.id} ${index}`),
        asSystem ? {} : { wrap },
      );
    }),
    lookalikes: [
      {
        id: options.id,
        family: options.family,
        accounts: people.map(({ person }) => person.line.account),
      },
    ],
  };
}

/** Customers of banks who ask in one app with keys of their own: the app's words round a customer's own few questions. */
export function bankingAppUsers(
  random: Random,
  material: Material,
  span: Span,
  people: number,
): Part {
  const byLabel = new Map<string, string[]>();
  for (const { text, label } of material.banking.queries)
    byLabel.set(label, [...(byLabel.get(label) ?? []), text]);
  const stacks = [...byLabel.values()].map((texts) => random.sample(texts, texts.length));
  const system =
    "You are the money helper of the Purse app. Explain in two short paragraphs what the customer can do, name the screen to open, and never ask for card numbers.";
  const all = Array.from({ length: people }, () => ({
    person: makePerson(random, {
      span,
      language: english,
      caller: { system, settings: { temperature: 0.3, maxTokens: 1024 }, sessions: true },
      client: { userAgent: "Purse/5.1 okhttp/4.12.0" },
    }),
    stacks: random.sample(stacks, random.whole(1, 3)),
  }));
  return {
    accounts: all.map(({ person }) => person.line),
    actors: all.map(({ person, stacks: own }, index) => {
      const source = random.fork(`bank user ${index}`);
      return { due: () => bankCustomer(source, person, own, activeSpan(person, span)) };
    }),
    lookalikes: [
      {
        id: "banking-app",
        family: "banking customers in one app",
        accounts: all.map(({ person }) => person.line.account),
      },
    ],
  };
}

function* bankCustomer(
  random: Random,
  person: Person,
  stacks: string[][],
  span: Span,
): Generator<Due> {
  let free = span.from;
  for (const start of drawStarts(random, person.rhythm, 0.7, span)) {
    const question = (stacks.find((stack) => stack.length > 0) ?? []).pop();
    if (question === undefined) return;
    if (random.chance(0.4)) stacks.reverse();
    const thread: Thread = openThread(random);
    const client: Client = renewAddress(random, person.clients[0]!);
    const time = Math.max(free, start);
    yield {
      time,
      take: () =>
        ask(
          random,
          person.caller,
          client,
          thread,
          [said(`Customer's words: "${question}"\nWhat can they do now?`)],
          answerOn(person.subjects[0]!, person.caller, random, 0.5),
        ),
    };
    free = time + random.whole(20, 90) * SECOND;
    if (!random.chance(0.3)) continue;
    yield {
      time: free,
      take: () =>
        ask(
          random,
          person.caller,
          client,
          thread,
          [said(writeFollowup(person.subjects[0]!, person.voice, random))],
          answerOn(person.subjects[0]!, person.caller, random, 0.4),
        ),
    };
    free += 30 * SECOND;
  }
}

/** Businesses that run one open-source support agent: its policy and tools are the same for all, the customers' conversations are each one's own (a task's trials go to one operator). */
export function agentOperators(
  random: Random,
  material: Material,
  span: Span,
  operators: number,
): Part {
  const tasks = random.sample(material.agents, material.agents.length);
  const tools = [
    ...new Set(
      material.agents
        .flat(2)
        .flatMap((turn) => (turn.tool_calls ?? []).map((call) => call.function.name)),
    ),
  ]
    .toSorted()
    .map((name) => ({
      name,
      description: name.replaceAll("_", " "),
      parameters: { input: "Arguments" },
    }));
  const all = Array.from({ length: operators }, () =>
    makePerson(random, {
      span,
      language: english,
      caller: {
        dialect: "openai-chat",
        stateful: false,
        reasons: false,
        settings: { temperature: 0 },
        tools,
      },
      client: { userAgent: "desk-agent/0.4 aiohttp/3.11.11" },
    }),
  );
  const share = Math.max(1, Math.floor(tasks.length / operators));
  return {
    accounts: all.map((person) => person.line),
    actors: all.map((person, index) => {
      const own = random.fork(`operator ${index}`);
      return {
        due: () =>
          serve(
            own,
            person,
            tasks.slice(index * share, (index + 1) * share).flat(),
            activeSpan(person, span),
          ),
      };
    }),
    lookalikes: [
      {
        id: "support-agent",
        family: "tau-bench agent users",
        accounts: all.map((person) => person.line.account),
      },
    ],
  };
}

function* serve(
  random: Random,
  person: Person,
  conversations: readonly (readonly AgentTurn[])[],
  span: Span,
): Generator<Due> {
  const starts = random
    .sample(
      [...drawStarts(random, { ...person.rhythm, presence: 1 }, 4, span)],
      conversations.length,
    )
    .toSorted((a, b) => a - b);
  let free = span.from;
  for (const [i, start] of starts.entries()) {
    const turns = conversations[i] as readonly AgentTurn[];
    const system = turns[0]?.content ?? "";
    const thread = openThread(random);
    let waiting: Message[] = [];
    let time = Math.max(free, start);
    for (const turn of turns.slice(1, 16)) {
      if (turn.role !== "assistant") {
        waiting.push(toMessage(turn));
        continue;
      }
      if (time >= span.until) return;
      const sent = waiting;
      waiting = [];
      const { text, calls } = toMessage(turn);
      yield {
        time,
        take: () =>
          ask(random, { ...person.caller, system }, person.clients[0]!, thread, sent, {
            text,
            ...(calls === undefined ? {} : { calls }),
          }),
      };
      time += Math.round(4 * SECOND + random.exponential(25 * SECOND));
    }
    free = time;
  }
}

function toMessage(turn: AgentTurn): Message {
  const calls = turn.tool_calls?.map((call) => ({
    id: call.id,
    name: call.function.name,
    input: JSON.parse(call.function.arguments) as Record<string, unknown>,
  }));
  return {
    role: turn.role === "tool" ? "tool" : turn.role === "assistant" ? "assistant" : "user",
    text: turn.content ?? "",
    ...(calls === undefined || calls.length === 0 ? {} : { calls }),
    ...(turn.tool_call_id === undefined ? {} : { callId: turn.tool_call_id }),
    ...(turn.name === undefined ? {} : { callName: turn.name }),
  };
}
