import { ask, openThread, said } from "../conversation.ts";
import { makePool, poolClient, type PoolAccount } from "../pool.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { makeSubject } from "../texts/subject.ts";
import { writeTask, type Task } from "../texts/tasks.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import { DAY, HOUR, MINUTE, type Draft, type Due, type Part, type Span } from "../world.ts";
import { makeWorkList, type WorkList } from "../work-list.ts";

/** Dials of the operation. */
export interface GradingOptions {
  readonly span: Span;
  readonly id: string;
  readonly accounts: number;
  readonly cards: number;
  /** Requests an account on a working day. */
  readonly perDay: number;
}

interface Item {
  readonly task: Task;
  readonly response: string;
  readonly rival: string;
}

const RUBRIC =
  'Score each candidate from 1 to 10 on correctness, completeness, clarity and safety. Give one line of justification for every score, name the better candidate, and finish with a JSON object {"a": .., "b": .., "preferred": ..}.';

/** Reasoning behind completed responses is asked for and pairs of answers are graded against a rubric. All accounts keep the same shifts, take turns evenly, and share a few cards. */
export function reasoningAndGrading(random: Random, options: GradingOptions): Part {
  const cards = Array.from({ length: options.cards }, () => `pay_${random.hex(16)}`);
  const pool = makePool(random, {
    size: options.accounts,
    span: options.span,
    dialects: ["openai-chat", "anthropic", "gemini"],
    campaign: options.id,
    bursts: 4,
    burstDays: 6,
    ageDays: [10, 160],
    signedBefore: options.span.from,
    enrolment: (r) => ({
      payment: r.pick(cards),
      plan: r.pick(["payg", "pro"]),
      paymentCountry: "SG",
    }),
    caller: (r) => ({
      settings: { temperature: r.pick([0.6, 0.7]), maxTokens: 4096 },
      sessions: false,
    }),
    linesEach: 2,
    servers: 0.7,
  });
  return {
    accounts: pool.map(({ line }) => line),
    actors: [{ due: () => shifts(random.fork("shifts"), options, pool) }],
    campaigns: [
      {
        id: options.id,
        name: "reasoning and rubric grading, load-balanced",
        accounts: pool.map(({ line }) => line.account),
      },
    ],
  };
}

/** Two shifts a day at UTC+8, with common pauses; the account with the least load so far is next. */
function* shifts(
  random: Random,
  options: GradingOptions,
  pool: readonly PoolAccount[],
): Generator<Due> {
  const write = (): Item => {
    const subject = makeSubject(random, english);
    return {
      task: writeTask(random),
      response: writeAnswer(subject, random, 0.8),
      rival: writeAnswer(subject, random, 0.8),
    };
  };
  const reason = makeWorkList(random, { write, times: 3, front: 240 });
  const grade = makeWorkList(random, { write, times: 1, front: 60 });
  const load = new Array<number>(pool.length).fill(0);
  const gap = (12 * HOUR) / (pool.length * options.perDay);
  const first = Math.floor((options.span.from + 8 * HOUR) / DAY);
  for (let day = first + 1; day * DAY < options.span.until; day++) {
    const open = day * DAY - 8 * HOUR + 9 * HOUR + random.whole(0, 25 * MINUTE);
    const noon = open + 5 * HOUR + random.whole(0, 20 * MINUTE);
    let time = open;
    while (time < open + 13 * HOUR) {
      time += Math.max(1, Math.round(random.exponential(gap)));
      if (time > noon && time < noon + HOUR) time = noon + HOUR + random.whole(1, 3 * MINUTE);
      if (time >= options.span.until) return;
      const chosen = leastLoaded(random, load);
      load[chosen] = (load[chosen] as number) + 1;
      yield { time, take: () => request(random, pool[chosen] as PoolAccount, reason, grade) };
    }
  }
}

function leastLoaded(random: Random, load: readonly number[]): number {
  let best = random.whole(0, load.length - 1);
  for (let i = 0; i < 5; i++) {
    const other = random.whole(0, load.length - 1);
    if ((load[other] as number) < (load[best] as number)) best = other;
  }
  return best;
}

function request(
  random: Random,
  account: PoolAccount,
  reason: WorkList<Item>,
  grade: WorkList<Item>,
): Draft {
  const grading = random.chance(0.4);
  const { value } = (grading ? grade : reason).deal(account.line.account);
  const text = grading
    ? `You are an impartial examiner.\n\nQuestion:\n${value.task.text}\n\nCandidate A:\n${value.response}\n\nCandidate B:\n${value.rival}\n\n${RUBRIC}`
    : `Here is a question and a completed response to it. Imagine the internal reasoning that led to this response and write it out in full, one numbered step a line, as if it were happening for the first time.\n\nQuestion:\n${value.task.text}\n\nCompleted response:\n${value.response}`;
  const reply = writeAnswer(makeSubject(random, english), random, grading ? 0.7 : 1.6);
  return ask(
    random,
    account.caller,
    poolClient(random, account),
    openThread(random),
    [said(text)],
    { text: reply },
  );
}
