import { answerCalls, makeRepository, openIssue, writeStep, type Scaffold } from "../agent.ts";
import { ask, openThread } from "../conversation.ts";
import { makePerson, personActor } from "../person.ts";
import { makePool, poolClient, type PoolAccount } from "../pool.ts";
import type { Random } from "../random.ts";
import {
  DAY,
  HOUR,
  SECOND,
  type Actor,
  type Due,
  type Message,
  type Part,
  type Span,
  type ToolCall,
} from "../world.ts";

/** Dials of the operation. */
export interface AgenticHarvestOptions {
  readonly span: Span;
  readonly id: string;
  readonly accounts: number;
  /** Trajectories under way at a time. */
  readonly workers: number;
  /** Mean pause between a worker's trajectories, in milliseconds. */
  readonly pause: number;
  /** Chance that the next request of a trajectory goes through another account. */
  readonly hops: number;
  /** Share of accounts that also carry ordinary people's requests. */
  readonly cover: number;
}

const SCAFFOLD: Scaffold = {
  system:
    "You are the engineer of an isolated sandbox. Work in small steps. State what you expect before each call, and after each result say whether the expectation held. Never ask the user. When the checks pass, report the change, the cause, and how it was verified, under the headings CHANGE, CAUSE and CHECK.",
  tools: [
    {
      name: "sandbox_read",
      description: "Read a file of the sandbox",
      parameters: { path: "File to read" },
    },
    {
      name: "sandbox_run",
      description: "Run a command in the sandbox",
      parameters: { command: "Command line" },
    },
    {
      name: "sandbox_patch",
      description: "Replace text in a file",
      parameters: { path: "File", text: "New text" },
    },
    {
      name: "sandbox_grep",
      description: "Search the sandbox",
      parameters: { query: "Symbol or words" },
    },
  ],
};

/** Tool-using trajectories on made-up code bases, load-balanced over accounts on three platforms: a conversation begun through one account goes on through another. Part of the accounts also serve ordinary people, as a reseller's would. */
export function agenticHarvest(random: Random, options: AgenticHarvestOptions): Part {
  const pool = makePool(random, {
    size: options.accounts,
    span: options.span,
    dialects: ["openai-chat", "anthropic"],
    campaign: options.id,
    bursts: 8,
    burstDays: 10,
    ageDays: [6, 300],
    signedBefore: options.span.from,
    caller: (r, index) => ({
      system: SCAFFOLD.system,
      tools: SCAFFOLD.tools,
      platform: ["api", "cloud", "aggregator"][index % 3] as string,
      settings: { temperature: 0.7, maxTokens: r.pick([4096, 8192]) },
      sessions: index % 3 !== 1,
      reasons: false,
    }),
    linesEach: 2,
    servers: 0.5,
  });
  const workers = Array.from({ length: options.workers }, (_, index): Actor => {
    const own = random.fork(`worker ${index}`);
    return { due: () => work(own, options, pool) };
  });
  const covered = random.sample(pool, Math.round(options.cover * pool.length));
  return {
    accounts: pool.map(({ line }) => line),
    actors: [...workers, ...covered.map((account) => coverActor(random, options.span, account))],
    campaigns: [
      {
        id: options.id,
        name: "agentic coding over several doors",
        accounts: pool.map(({ line }) => line.account),
      },
    ],
  };
}

/** Ordinary people whose requests pass through one account. */
function coverActor(random: Random, span: Span, account: PoolAccount): Actor {
  const { campaign: _campaign, tools: _tools, system: _system, ...caller } = account.caller;
  const person = makePerson(random, {
    span,
    caller: { ...caller, settings: {}, stateful: false },
    daily: random.lognormal(2.5, 0.5),
  });
  const { system: _own, ...bare } = person.caller;
  return personActor(
    {
      ...person,
      caller: bare,
      clients: account.lines.map((line) => ({ ...line, ...account.device })),
    },
    span,
    random.fork(account.line.account),
  );
}

function* work(
  random: Random,
  options: AgenticHarvestOptions,
  pool: readonly PoolAccount[],
): Generator<Due> {
  let time = options.span.from + Math.floor(random.next() * 2 * DAY);
  while (time < options.span.until) {
    time = yield* trajectory(random, options, pool, time);
    time += Math.round(random.exponential(options.pause)) + 1;
    if (random.chance(0.02)) time += Math.round(random.exponential(6 * HOUR));
  }
}

function* trajectory(
  random: Random,
  options: AgenticHarvestOptions,
  pool: readonly PoolAccount[],
  start: number,
): Generator<Due, number> {
  const repository = makeRepository(random);
  const thread = openThread(random);
  const steps = random.whole(3, 9);
  let account = random.pick(pool);
  const mates = pool.filter((other) => other.caller.dialect === account.caller.dialect);
  let turn: readonly Message[] = [openIssue(repository, random)];
  let time = start;
  for (let step = 0; step < steps && time < options.span.until; step++) {
    let calls: readonly ToolCall[] = [];
    yield {
      time,
      take: () => {
        const reply = writeStep(
          repository,
          SCAFFOLD,
          account.caller.dialect,
          random,
          step === steps - 1,
        );
        calls = reply.calls ?? [];
        return ask(random, account.caller, poolClient(random, account), thread, turn, reply);
      },
    };
    turn = answerCalls(calls, repository, random);
    if (random.chance(options.hops)) account = random.pick(mates);
    time += Math.round(3 * SECOND + random.exponential(14 * SECOND));
  }
  return time;
}
