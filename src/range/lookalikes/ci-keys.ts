import { runErrand, type Door } from "../agent-session.ts";
import { makeRepository, WORKING, type Repository, type Scaffold } from "../agent.ts";
import { ask, openThread, said } from "../conversation.ts";
import { drawDevice, drawServer } from "../identity.ts";
import { personActor, type Person } from "../person.ts";
import type { Random } from "../random.ts";
import { drawStarts } from "../rhythm.ts";
import { writeSnippet } from "../texts/snippet.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import { DAY, HOUR, MINUTE, SECOND, type Due, type Part, type Span } from "../world.ts";
import { drawDeveloper } from "./agent-users.ts";
import { gather } from "./gather.ts";

/** Dials of customers whose key lives in a build service. */
export interface CiKeysOptions {
  readonly span: Span;
  readonly id: string;
  readonly customers: number;
  /** Commits on a usual weekday. */
  readonly commits: number;
}

/** A public action that reviews changes; the same for all who use it. */
const ACTION: Scaffold = {
  system:
    "You are the reviewer of the mergecheck action. You see one change. Look for faults, missing tests and broken promises in the documentation. Use the tools to look around; do not edit. Report at most five findings, worst first, each with file and line, or say that there is nothing to report.",
  tools: [
    { name: "show_file", description: "Show a file", parameters: { path: "Path" } },
    { name: "grep_tree", description: "Search the tree", parameters: { query: "Pattern" } },
  ],
};
/** Build services start scheduled jobs on the hour. */
const NIGHTLY_HOUR = 3;

/** Unrelated customers who use one public review action: each has one key, which comes from a fresh runner in some cloud at every job; at night each runs its own fixed set of questions, all at the same minute. */
export function ciKeys(random: Random, options: CiKeysOptions): Part {
  const { span } = options;
  const customers = Array.from({ length: options.customers }, () => drawDeveloper(random, span));
  const device = { ...drawDevice(random, true), userAgent: "mergecheck-action/2.3.1 node" };
  return gather({
    id: options.id,
    family: "CI keys",
    lines: customers.map((person) => person.line),
    actors: customers.flatMap((person, index) => {
      const own = random.fork(`customer ${index}`);
      const created = Date.parse(person.line.created) + 1;
      const active = { from: Math.max(span.from, created), until: span.until };
      const repository = makeRepository(own, WORKING);
      const { system: _system, tools: _tools, ...bare } = person.caller;
      const caller = { ...bare, sessions: false, credential: `key_${own.token(12)}` };
      const runner = (): Door => ({
        caller: { ...caller, ...ACTION },
        client: { ...drawServer(own), ...device },
      });
      const commits = options.commits * own.lognormal(1, 0.7);
      return [
        { due: () => review(own, { person, commits, repository, runner }, active) },
        { due: () => nightly(own.fork("nightly"), { repository, runner, caller }, active) },
        personActor({ ...person, caller: bare }, span, own.fork("own")),
      ];
    }),
  });
}

function* review(
  random: Random,
  job: {
    readonly person: Person;
    readonly commits: number;
    readonly repository: Repository;
    readonly runner: () => Door;
  },
  span: Span,
): Generator<Due> {
  const { repository } = job;
  const rhythm = { ...job.person.rhythm, presence: 0.9, weekend: 0.1 };
  let free = span.from;
  for (const start of drawStarts(random, rhythm, job.commits, span)) {
    const door = job.runner();
    const change = `Change to ${random.pick(repository.files)} in ${repository.name}\n\n${writeSnippet(random, random.whole(6, 60))}`;
    free = yield* runErrand(random, {
      repository,
      scaffold: ACTION,
      thread: openThread(random),
      opening: said(change),
      steps: random.whole(1, 7),
      start: Math.max(free, start),
      until: span.until,
      pause: 3 * SECOND,
      door: () => door,
    });
  }
}

/** The customer's own regression questions, the same every night. */
function* nightly(
  random: Random,
  job: {
    readonly repository: Repository;
    readonly runner: () => Door;
    readonly caller: Door["caller"];
  },
  span: Span,
): Generator<Due> {
  const { subject, symbols, files } = job.repository;
  const questions = Array.from(
    { length: random.whole(4, 16) },
    () =>
      `Is the documentation of ${random.pick(symbols)} in ${random.pick(files)} still true?\n\n${writeSnippet(random, random.whole(5, 20))}`,
  );
  const first = Math.floor(span.from / DAY) * DAY + NIGHTLY_HOUR * HOUR;
  for (let night = first; night < span.until; night += DAY) {
    const { client } = job.runner();
    let time = night + Math.round(random.exponential(0.3 * MINUTE));
    for (const question of questions) {
      if (time >= span.from && time < span.until)
        yield {
          time,
          take: () =>
            ask(random, job.caller, client, openThread(random), [said(question)], {
              text: writeAnswer(subject, random, 0.5),
            }),
        };
      time += Math.ceil(random.exponential(6 * SECOND));
    }
  }
}
