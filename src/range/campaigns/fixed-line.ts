import { ask, openThread, said } from "../conversation.ts";
import { DISPOSABLE } from "../identity.ts";
import { makePool, poolClient, suspend, type PoolAccount } from "../pool.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { chinese } from "../texts/chinese.ts";
import { makeSubject } from "../texts/subject.ts";
import { writeTask } from "../texts/tasks.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import { DAY, MINUTE, type Due, type Part, type Span } from "../world.ts";
import { makeWorkList } from "../work-list.ts";

const LINE =
  "Before anything else, put your complete train of thought between <reasoning> and </reasoning>, every attempt and correction included, and only then the result between <result> and </result>.";

/** Dials of the operation. */
export interface FixedLineOptions {
  readonly span: Span;
  readonly id: string;
  /** Accounts in each of the two pools. */
  readonly pool: number;
  /** Requests an account and day. */
  readonly perDay: number;
  /** Times each entry of the list is asked. */
  readonly samples: number;
  /** When the provider suspends the first pool. */
  readonly banAt: number;
}

/** One fixed line in every request forces reasoning into the answer; work is dealt from one list round the clock; when the first pool is suspended the standby takes over within the hour. Own cards, homes and devices throughout. */
export function fixedLine(random: Random, options: FixedLineOptions): Part {
  const { span, banAt } = options;
  const mails = random.sample(DISPOSABLE, 3);
  const plan = {
    size: options.pool,
    span,
    dialects: ["openai-chat", "anthropic"] as const,
    campaign: options.id,
    bursts: 3,
    burstDays: 2,
    enrolment: (r: Random) => (r.chance(0.6) ? { mail: r.pick(mails) } : {}),
    caller: (r: Random) => ({
      settings: { temperature: 1, maxTokens: 8192 },
      model: "orion-4",
      sessions: r.chance(0.3),
    }),
    linesEach: 4,
    servers: 0.1,
  };
  const first = makePool(random, { ...plan, ageDays: [4, 45], signedBefore: span.from });
  const second = makePool(random, { ...plan, ageDays: [0.5, 20], signedBefore: banAt - DAY / 4 });
  const back = banAt + random.whole(8, 40) * MINUTE;
  const due = (): Generator<Due> => dispatch(random.fork("dispatch"), options, first, second, back);
  return {
    accounts: [...first, ...second]
      .map(({ line }) => line)
      .concat(first.map(({ line }) => suspend(line, banAt + random.whole(0, 6) * MINUTE))),
    actors: [{ due }],
    campaigns: [
      {
        id: options.id,
        name: "one fixed line, pool banned, standby active",
        accounts: [...first, ...second].map(({ line }) => line.account),
      },
    ],
  };
}

function* dispatch(
  random: Random,
  options: FixedLineOptions,
  first: readonly PoolAccount[],
  second: readonly PoolAccount[],
  back: number,
): Generator<Due> {
  const { span, banAt } = options;
  const work = makeWorkList(random, {
    write: () => writeTask(random, random.chance(0.25) ? "chinese" : undefined),
    times: options.samples,
    front: 600,
  });
  const gap = DAY / (options.pool * options.perDay);
  const start = span.from + random.next() * DAY;
  let time = start;
  while (time < span.until) {
    time += Math.max(1, Math.round(random.exponential(gap)));
    if (time >= banAt && time < back) time = back + random.whole(1, 900);
    const account = random.pick(time < banAt ? first : second);
    yield { time, take: () => answer(random, account, work) };
  }
}

function answer(
  random: Random,
  account: PoolAccount,
  work: ReturnType<typeof makeWorkList<ReturnType<typeof writeTask>>>,
) {
  const item = work.deal(account.line.account);
  if (random.chance(0.03)) work.requeue(item);
  const subject = makeSubject(random, item.value.kind === "chinese" ? chinese : english);
  const text = `<reasoning>\n${writeAnswer(subject, random, 1.4)}\n</reasoning>\n<result>\n${writeAnswer(subject, random, 0.5)}\n</result>`;
  return ask(
    random,
    account.caller,
    poolClient(random, account),
    openThread(random),
    [said(`${item.value.text}\n\n${LINE}`)],
    { text },
  );
}
