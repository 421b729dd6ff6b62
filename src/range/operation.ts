import { ask, openThread } from "./conversation.ts";
import { coverActors } from "./operation-cover.ts";
import { makeCrew, type Crew, type Seat } from "./operation-crew.ts";
import type { OperationPlan } from "./operation-plan.ts";
import { enlist } from "./operation-pool.ts";
import { poolClient, suspend, type PoolAccount } from "./pool.ts";
import type { Random } from "./random.ts";
import type { Job, Work } from "./work/work.ts";
import {
  DAY,
  MINUTE,
  SECOND,
  type Actor,
  type Client,
  type Draft,
  type Due,
  type Part,
  type Span,
} from "./world.ts";

/** Models that are older or cheaper than any an operation is after. */
const LESSER = ["orion-3.5", "orion-3.5", "orion-4-mini"] as const;

/** Mean time between two jobs of one sitting, in milliseconds. */
const SITTING = 4 * MINUTE;

/** Runs an operation: a pool of accounts, a dispatcher that deals it jobs, and what the dials hide of it. Memory grows with accounts, not with exchanges. */
export function runOperation(random: Random, plan: OperationPlan): Part {
  const pools = musterPools(random.fork("pool"), plan);
  const crew = makeCrew(random.fork("crew"), plan, pools);
  const work = plan.work(random.fork("work"), plan.dials);
  const seen = crew.seats.filter((seat) => seat.seen);
  const banned = new Set(plan.bannedAt === undefined ? [] : pools[0]?.[0]);
  const suspended = (seat: Seat): number | undefined =>
    banned.has(seat.account) ? plan.bannedAt : seat.suspended;
  const lateness = random.fork("suspensions");
  const accounts = seen.map(({ account }) => account.line.account);
  const own = plan.pool === undefined;
  const mixed = own && plan.dials.cover > 0;
  const role = mixed ? "mixed" : (plan.role ?? "operated");
  return {
    accounts: own
      ? seen.flatMap((seat) => {
          const at = suspended(seat);
          const { line } = seat.account;
          return at === undefined
            ? [line]
            : [line, suspend(line, at + lateness.whole(0, 6) * MINUTE)];
        })
      : [],
    actors: [
      ...dispatchers(random, plan, crew, work),
      ...(mixed ? seen.flatMap((seat) => coverActors(random, plan, seat, suspended(seat))) : []),
    ],
    ...(plan.release === undefined ? {} : { release: plan.release }),
    campaigns: [
      {
        id: plan.id,
        name: plan.name,
        accounts,
        ...(role === "operated"
          ? {}
          : { roles: Object.fromEntries(accounts.map((account) => [account, role])) }),
        ...(plan.relay === undefined ? {} : { relay: plan.relay }),
      },
    ],
  };
}

/** The pools in order of service: one, or the one that is banned and its standby. */
function musterPools(
  random: Random,
  plan: OperationPlan,
): (readonly [readonly PoolAccount[], Span])[] {
  const { window, bannedAt } = plan;
  if (plan.pool !== undefined) return [[plan.pool, window]];
  if (bannedAt === undefined) return [[enlist(random, plan, plan.accounts, window.from), window]];
  const half = Math.ceil(plan.accounts / 2);
  const back = bannedAt + random.whole(8, 40) * MINUTE;
  return [
    [enlist(random, plan, half, window.from), { from: window.from, until: bannedAt }],
    [enlist(random, plan, half, bannedAt - DAY / 4), { from: back, until: window.until }],
  ];
}

/** As many dispatchers as jobs go on at a time; together they deal `perDay` requests an account. */
function dispatchers(random: Random, plan: OperationPlan, crew: Crew, work: Work): Actor[] {
  const { jitter, perDay } = plan.dials;
  const weight = crew.seats.reduce((sum, seat) => sum + seat.weight, 0);
  const sticks = 0.6 * jitter;
  const jobs = ((weight * perDay) / work.steps) * crew.draws * (1 - sticks);
  const busy = (work.steps - 1) * MINUTE + (sticks / (1 - sticks)) * SITTING;
  const count = Math.max(1, Math.ceil((1.5 * jobs * busy) / DAY));
  const gap = (DAY * count) / jobs;
  return Array.from({ length: count }, (_, index) => {
    const own = random.fork(`dispatcher ${index}`);
    return { due: () => dispatch(own, plan, crew, work, { gap, sticks }) };
  });
}

function* dispatch(
  random: Random,
  plan: OperationPlan,
  crew: Crew,
  work: Work,
  beat: { readonly gap: number; readonly sticks: number },
): Generator<Due> {
  const { jitter } = plan.dials;
  const { from, until } = plan.window;
  let next = from - beat.gap * random.next();
  let free = from;
  for (;;) {
    const even = 0.9 + 0.2 * random.next();
    next += beat.gap * ((1 - jitter) * even + jitter * random.exponential(1));
    if (next >= until) return;
    if (next < from) continue;
    const seat = crew.choose(random, next);
    if (seat === undefined) continue;
    let time = Math.max(free, next);
    while (time < seat.until) {
      time = yield* converse(random, plan, crew, work, seat, Math.floor(time));
      if (!random.chance(beat.sticks)) break;
      time += 2 * SECOND + random.exponential(SITTING);
    }
    free = time;
  }
}

/** One job, from its first request to its last; returns the last one's time. */
function* converse(
  random: Random,
  plan: OperationPlan,
  crew: Crew,
  work: Work,
  first: Seat,
  start: number,
): Generator<Due, number> {
  const thread = openThread(random);
  const topic = random.chance(plan.dials.topics) ? first.topic : undefined;
  let [seat, time] = [first, start];
  let job: Job | undefined;
  let client: Client | undefined;
  for (;;) {
    let pause: number | undefined;
    const take = (): Draft => {
      const { account } = seat;
      job ??= work.open({ account, time, topic });
      client ??= poolClient(random, account);
      const step = job.step(account);
      pause = step.pause;
      const model = chooseModel(random, plan, seat, time);
      const caller = { ...account.caller, ...job.frame, model, campaign: plan.id };
      const draft = ask(random, caller, client, thread, step.turn, step.reply);
      job.heard?.(draft);
      return draft;
    };
    if (seat.seen) yield { time, take };
    else take();
    if (pause === undefined) return time;
    time += pause;
    if (time >= seat.until) return time;
    if (random.chance(plan.hops ?? 0)) {
      seat = crew.mate(random, seat, time);
      client = undefined;
    }
  }
}

function chooseModel(random: Random, plan: OperationPlan, seat: Seat, time: number): string {
  if (random.chance(plan.dials.downgrade)) return random.pick(LESSER);
  if (plan.release !== undefined && time >= seat.pivots) return plan.release.model;
  return seat.account.caller.model;
}
