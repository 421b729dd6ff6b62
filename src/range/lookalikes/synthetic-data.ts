import type { Agreement } from "../../core/agreement.ts";
import { ask, openThread, said } from "../conversation.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { makeSubject } from "../texts/subject.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import { makeWorkList } from "../work-list.ts";
import { DAY, type Due, type Part, type Span } from "../world.ts";
import { foundCompany, jobTimes, ROUND_THE_CLOCK, type Company } from "./company.ts";
import { gather } from "./gather.ts";
import { writeLesson } from "./item-lists.ts";

/** Dials of a customer who makes training data with permission. */
export interface SyntheticDataOptions {
  readonly span: Span;
  readonly id: string;
  readonly accounts: number;
  readonly perDay: number;
}

const MODEL = "orion-4";
const FRAME = (task: string): string =>
  `${task}\n\nWork it out in full, wrong turns included, under the heading Working. Then give the result alone under the heading Result. The text will be used as a training example.`;

/** A customer who makes training data and holds a permission to: one declared organization, a list dealt to its accounts round the clock, two answers to each entry, reasoning asked for. In everything but the paper it is an operation. */
export function syntheticData(random: Random, options: SyntheticDataOptions): Part {
  const { span } = options;
  const id = `agr_${random.token(8)}`;
  const company = foundCompany(random, {
    span,
    accounts: options.accounts,
    declared: true,
    agreement: id,
    plan: "payg",
    servers: 4,
    caller: { model: MODEL, settings: { temperature: 1, maxTokens: 8192 } },
  });
  const agreement: Agreement = {
    id,
    customer: company.name,
    organizations: [company.organization!],
    accounts: [],
    models: [MODEL],
    purpose: "training examples for a tutoring model",
    budget: { exchanges: 10_000_000 },
    from: new Date(span.from - 60 * DAY).toISOString(),
    until: new Date(span.until + 300 * DAY).toISOString(),
  };
  return gather({
    id: options.id,
    family: "synthetic-data customer with an agreement",
    lines: company.lines,
    actors: [{ due: () => make(random.fork("list"), options, company) }],
    agreements: [agreement],
  });
}

function* make(random: Random, options: SyntheticDataOptions, company: Company): Generator<Due> {
  const { callers, servers, home } = company;
  const work = makeWorkList(random, { write: () => writeLesson(random), times: 2, front: 400 });
  const job = {
    perDay: options.perDay * callers.length,
    offset: home.offset,
    shift: ROUND_THE_CLOCK,
  };
  for (const time of jobTimes(random, options.span, job)) {
    yield {
      time,
      take: () => {
        const caller = random.pick(callers);
        const { value } = work.deal(caller.account);
        const subject = makeSubject(random, english);
        const text = `Working\n${writeAnswer(subject, random, 1.4)}\n\nResult\n${writeAnswer(subject, random, 0.4)}`;
        const turn = [said(FRAME(value))];
        return ask(random, caller, random.pick(servers), openThread(random), turn, { text });
      },
    };
  }
}
