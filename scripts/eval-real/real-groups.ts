import { ask, openThread, said, type Caller } from "../../src/range/conversation.ts";
import { drawDevice, drawServer, enrol, type Home } from "../../src/range/identity.ts";
import {
  activeSpan,
  drawCaller,
  makePerson,
  personActor,
  type Person,
} from "../../src/range/person.ts";
import type { Random } from "../../src/range/random.ts";
import { english } from "../../src/range/texts/english.ts";
import { makeSubject } from "../../src/range/texts/subject.ts";
import { DAY, SECOND, type Due, type Part, type Span } from "../../src/range/world.ts";
import { drawArrivals } from "./draw-arrivals.ts";
import type { Material } from "./load-material.ts";

/** Several accounts of one owner that do one job. */
interface OwnerPlan {
  readonly id: string;
  readonly family: string;
  readonly accounts: number;
  readonly exchanges: number;
  readonly declared: boolean;
  readonly system: string;
  readonly settings: Readonly<Record<string, number>>;
  /** The next request and its answer; undefined at the end. */
  readonly write: () => { readonly prompt: string; readonly answer: string } | undefined;
}

function oneOwner(random: Random, material: Material, span: Span, plan: OwnerPlan): Part {
  const home: Home = { country: "GB", offset: 0 };
  const organization = `org_${random.token(10)}`;
  const payment = `pay_${random.hex(16)}`;
  const mail = `${english.surname(random).toLowerCase()}.example`;
  const client = { ...drawServer(random), ...drawDevice(random, true) };
  const lines = Array.from({ length: plan.accounts }, () =>
    enrol(random, {
      home,
      span,
      created: span.from - random.whole(60, 500) * DAY - random.next() * DAY,
      plan: "team",
      mail,
      payment,
      verification: plan.declared ? "identity" : "phone",
      ...(plan.declared ? { organization } : {}),
    }),
  );
  const base = drawCaller(random, lines[0]!, makeSubject(random, english));
  const callers = lines.map((line): Caller => ({
    ...base,
    account: line.account,
    credential: `key_${random.token(12)}`,
    system: plan.system,
    settings: plan.settings,
    sessions: false,
    stateful: false,
    reasons: false,
  }));
  function* due(): Generator<Due> {
    const own = random.fork(plan.id);
    const days = (span.until - span.from) / DAY;
    for (const time of drawArrivals(own, material, plan.exchanges / days, span)) {
      const next = plan.write();
      if (next === undefined) return;
      yield {
        time,
        take: () =>
          ask(own, own.pick(callers), client, openThread(own), [said(next.prompt)], {
            text: next.answer,
          }),
      };
    }
  }
  return {
    accounts: lines,
    actors: [{ due }],
    lookalikes: [{ id: plan.id, family: plan.family, accounts: lines.map((line) => line.account) }],
  };
}

/** A bank sorts its customers' questions through one template: declared accounts, or an undeclared pair of one owner. */
export function bankingBatch(
  random: Random,
  material: Material,
  span: Span,
  options: { readonly declared: boolean; readonly accounts: number; readonly exchanges: number },
): Part {
  const queries = random.sample(material.banking.queries, material.banking.queries.length);
  let at = 0;
  return oneOwner(random, material, span, {
    id: options.declared ? "banking-company" : "banking-pair",
    family: options.declared
      ? "banking queries, declared company"
      : "banking queries, undeclared pair of one owner",
    ...options,
    system: options.declared
      ? `Classify the customer's question. Choose one label from this list and answer with nothing else: ${material.banking.labels.join(", ")}.`
      : `You route messages for a small bank. Intents: ${material.banking.labels.slice(0, 40).join("; ")}; anything_else. Return JSON {"intent": "...", "urgent": true|false}.`,
    settings: { temperature: 0, maxTokens: 32 },
    write: () => {
      const query = queries[at++];
      if (query === undefined) return undefined;
      return {
        prompt: query.text,
        answer: options.declared
          ? query.label
          : `{"intent": "${query.label}", "urgent": ${random.chance(0.1)}}`,
      };
    },
  });
}

/** An evaluation team grades public answers to public questions with a public judge prompt. */
export function evaluationTeam(
  random: Random,
  material: Material,
  span: Span,
  accounts: number,
): Part {
  const { judging } = material;
  const jobs = judging.questions.flatMap((_question, q) =>
    judging.answers.flatMap((_a, a) =>
      judging.answers.flatMap((_b, b) => (a === b ? [] : [{ q, a, b }])),
    ),
  );
  const list = random.sample(jobs, random.whole(900, 1800));
  let at = 0;
  return oneOwner(random, material, span, {
    id: "evaluation-team",
    family: "evaluation team that grades",
    accounts,
    exchanges: list.length,
    declared: true,
    system: judging.system,
    settings: { temperature: 0, maxTokens: 2048 },
    write: () => {
      const job = list[at++];
      if (job === undefined) return undefined;
      const values: Record<string, string> = {
        question: judging.questions[job.q] ?? "",
        answer_a: judging.answers[job.a]?.[job.q] ?? "",
        answer_b: judging.answers[job.b]?.[job.q] ?? "",
      };
      const prompt = judging.template.replace(
        /\{(question|answer_a|answer_b)\}/g,
        (_whole, name: string) => values[name] ?? "",
      );
      return {
        prompt,
        answer: `Comparing the two on question ${job.q + 1}: ${random.pick(["the first is more complete", "the second is more accurate", "both cover the point", "the first drifts at the end"])}. [[${random.pick(["A", "B", "C"])}]]`,
      };
    },
  });
}

/** Independent people run GSM8K through one harness, in its order, each when it suits them; `stopped` of them stop part of the way. */
export function gsm8kHarness(
  random: Random,
  material: Material,
  span: Span,
  options: { readonly evaluators: number; readonly questions: number; readonly stopped: number },
): Part {
  const list = material.gsm8k.slice(0, options.questions);
  const people = Array.from({ length: options.evaluators }, () =>
    makePerson(random, { span, language: english, daily: random.lognormal(0.7, 0.6) }),
  );
  return {
    accounts: people.map((person) => person.line),
    actors: people.flatMap((person, index) => {
      const own = random.fork(`gsm8k ${index}`);
      const length =
        index < options.stopped ? Math.floor(list.length * (0.4 + 0.2 * own.next())) : list.length;
      return [
        { due: () => evaluate(own, person, activeSpan(person, span), list.slice(0, length)) },
        personActor(person, span, own.fork("own")),
      ];
    }),
    lookalikes: [
      {
        id: "gsm8k",
        family: "GSM8K by a harness",
        accounts: people.map((person) => person.line.account),
      },
    ],
  };
}

function* evaluate(
  random: Random,
  person: Person,
  span: Span,
  list: Material["gsm8k"],
): Generator<Due> {
  const { system: _system, ...bare } = person.caller;
  const caller = {
    ...bare,
    settings: { temperature: 0, maxTokens: 512 },
    sessions: false,
    stateful: false,
    reasons: false,
  };
  let time = Math.floor(span.from + random.next() * (span.until - span.from - 1.5 * DAY));
  const pace = random.lognormal(8, 0.7) * SECOND;
  for (const { question, answer } of list) {
    if (time >= span.until) return;
    yield {
      time,
      take: () =>
        ask(
          random,
          caller,
          person.clients[0]!,
          openThread(random),
          [said(`Question: ${question}\nLet's think step by step.\nAnswer:`)],
          { text: answer },
        ),
    };
    time += Math.max(1, Math.round(random.exponential(pace)));
  }
}
