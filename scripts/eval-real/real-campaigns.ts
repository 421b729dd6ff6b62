import { ask, openThread, said, type Caller } from "../../src/range/conversation.ts";
import { DISPOSABLE } from "../../src/range/identity.ts";
import {
  makePool,
  poolClient,
  scatteredLines,
  suspend,
  type PoolAccount,
} from "../../src/range/pool.ts";
import type { Random } from "../../src/range/random.ts";
import { chinese as chineseLanguage } from "../../src/range/texts/chinese.ts";
import { makeSubject } from "../../src/range/texts/subject.ts";
import { writeAnswer } from "../../src/range/texts/write-answer.ts";
import { makeWorkList } from "../../src/range/work-list.ts";
import {
  DAY,
  MINUTE,
  type Dialect,
  type Due,
  type Part,
  type Span,
} from "../../src/range/world.ts";
import { drawArrivals } from "./draw-arrivals.ts";
import type { Instruction, Material } from "./load-material.ts";

/** What a harvest sends for one entry of its list, and what comes back. */
interface Request {
  readonly prompt: string;
  readonly answer: string;
}

/** A harvest: what it asks, through how many accounts, how fast, and what its accounts have in common. */
export interface HarvestPlan {
  readonly id: string;
  readonly name: string;
  readonly accounts: number;
  readonly exchanges: number;
  /** Times each entry is asked. */
  readonly samples: number;
  /** Cards in all; 0 where every account has its own. */
  readonly cards: number;
  /** Whether half of the pool is suspended midway and the other half takes over. */
  readonly banned: boolean;
  /** Requests sent at once. */
  readonly batch: number;
  readonly start: number;
  readonly days: number;
  readonly dialects: readonly Dialect[];
  readonly caller: Partial<Caller>;
  /** The next entry; undefined where the list is at an end. */
  readonly write: () => Request | undefined;
}

/** Makes a harvest: entries are dealt to whichever account is free, at real arrival times. */
export function harvest(random: Random, material: Material, span: Span, plan: HarvestPlan): Part {
  const cards = Array.from({ length: plan.cards }, () => `pay_${random.hex(16)}`);
  const mails = random.sample(DISPOSABLE, 2);
  const middle = plan.start + (plan.days * DAY) / 2;
  const window = { from: plan.start, until: Math.min(span.until, plan.start + plan.days * DAY) };
  const shape = {
    span,
    dialects: plan.dialects,
    campaign: plan.id,
    bursts: random.whole(2, 30),
    burstDays: random.whole(1, 12),
    enrolment: (r: Random) => ({
      ...(cards.length > 0 ? { payment: r.pick(cards) } : {}),
      ...(r.chance(0.3) ? { mail: r.pick(mails) } : {}),
    }),
    caller: (r: Random) => ({ model: "orion-4", sessions: r.chance(0.3), ...plan.caller }),
    lines: scatteredLines(random.whole(1, 4), random.pick([0, 0.3, 0.9])),
  };
  const first = makePool(random, {
    ...shape,
    size: plan.banned ? Math.ceil(plan.accounts / 2) : plan.accounts,
    ageDays: [3, 150],
    signedBefore: plan.start,
  });
  const second = plan.banned
    ? makePool(random, {
        ...shape,
        size: Math.floor(plan.accounts / 2),
        ageDays: [0.5, 25],
        signedBefore: middle - DAY / 3,
      })
    : [];
  const all = [...first, ...second];
  const pools = (time: number): readonly PoolAccount[] =>
    plan.banned && time >= middle ? second : first;
  const lines = all.map(({ line }) => line);
  return {
    accounts: plan.banned
      ? lines.concat(first.map(({ line }) => suspend(line, middle - random.whole(0, 5) * MINUTE)))
      : lines,
    actors: [{ due: () => dispatch(random.fork("dispatch"), material, window, plan, pools) }],
    campaigns: [{ id: plan.id, name: plan.name, accounts: lines.map((line) => line.account) }],
  };
}

function* dispatch(
  random: Random,
  material: Material,
  window: Span,
  plan: HarvestPlan,
  pools: (time: number) => readonly PoolAccount[],
): Generator<Due> {
  const work = makeWorkList(random, { write: plan.write, times: plan.samples, front: 300 });
  const daily = plan.exchanges / plan.batch / plan.days;
  let last = window.from;
  for (const time of drawArrivals(random, material, daily, window)) {
    for (let i = 0; i < plan.batch; i++) {
      const account = random.pick(pools(time));
      const { value } = work.deal(account.line.account);
      if (value === undefined) return;
      last = Math.max(last, time + i * random.whole(5, 60));
      yield {
        time: last,
        take: () =>
          ask(
            random,
            account.caller,
            poolClient(random, account),
            openThread(random),
            [said(value.prompt)],
            { text: value.answer },
          ),
      };
    }
  }
}

/** Alpaca as it was sent: one long prefix, three seed tasks, and the numbered list to be continued; the answers are seventeen of its rows. */
export function alpacaAsSent(random: Random, material: Material): () => Request | undefined {
  const rows = shuffled(random, material.alpaca.rows);
  let at = 0;
  return () => {
    if (at + 17 > rows.length) return undefined;
    const seeds = random.sample(material.alpaca.seeds, 3);
    const answer = rows.slice(at, at + 17);
    at += 17;
    return {
      prompt: `${material.alpaca.prefix}${seeds.map((row, i) => numbered(row, i + 1)).join("")}###\n4. Instruction:`,
      answer: answer
        .map((row, i) => numbered(row, i + 4))
        .join("")
        .slice(21),
    };
  };
}

function numbered(row: Instruction, n: number): string {
  const instruction = row.instruction.replaceAll(/\s+/g, " ").trim().replace(/:$/, "");
  return `###\n${n}. Instruction: ${instruction}\n${n}. Input:\n${row.input === "" ? "<noinput>" : row.input}\n${n}. Output:\n${row.output}\n`;
}

/** Instructions one by one in the wrapper that later harvests used. */
export function oneByOne(
  random: Random,
  rows: readonly Instruction[],
  wrapped: boolean,
): () => Request | undefined {
  const list = shuffled(
    random,
    rows.filter((row) => row.output.length > 20),
  );
  let at = 0;
  return () => {
    const row = list[at++];
    if (row === undefined) return undefined;
    const bare = row.input === "" ? row.instruction : `${row.instruction}\n\n${row.input}`;
    return { prompt: wrapped ? wrapper(row) : bare, answer: row.output };
  };
}

function wrapper(row: Instruction): string {
  if (row.input === "") {
    return `Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n### Instruction:\n${row.instruction}\n\n### Response:`;
  }
  return `Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request.\n\n### Instruction:\n${row.instruction}\n\n### Input:\n${row.input}\n\n### Response:`;
}

/** Chinese questions with one line that asks for the reasoning. The material has no answers, so they are written by the kit. */
export function chineseBulk(random: Random, material: Material): () => Request | undefined {
  const list = shuffled(random, material.chinese);
  const line = random.pick([
    "请一步一步思考，先完整写出推理过程，再给出最终答案。",
    "回答之前，请把你的全部思考过程写在<思考>标签里，不要省略任何步骤。",
  ]);
  let at = 0;
  return () => {
    const question = list[at++];
    if (question === undefined) return undefined;
    return {
      prompt: `${question}\n\n${line}`,
      answer: writeAnswer(makeSubject(random, chineseLanguage), random, 1.4),
    };
  };
}

function shuffled<T>(random: Random, list: readonly T[]): T[] {
  return random.sample(list, list.length);
}
