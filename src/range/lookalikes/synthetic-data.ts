import type { Agreement } from "../../core/agreement.ts";
import { ask, openThread, said } from "../conversation.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { makeSubject } from "../texts/subject.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import { makeWorkList } from "../work-list.ts";
import { DAY, type Due, type Part, type Span } from "../world.ts";
import { foundCompany, jobTimes, ROUND_THE_CLOCK, type Company } from "./company.ts";
import { gather, gatherAll } from "./gather.ts";
import { writeLesson, writeScene } from "./item-lists.ts";

/** Dials of customers who make training data with permission. */
export interface SyntheticDataOptions {
  readonly span: Span;
  readonly id: string;
  /** Accounts of each of the two. */
  readonly accounts: number;
  readonly perDay: number;
}

const MODEL = "orion-4";
/** What a customer has made: how an entry is asked for, and the list. */
interface Product {
  readonly purpose: string;
  readonly write: (random: Random) => string;
  readonly frame: (entry: string) => string;
}

const TUTORING: Product = {
  purpose: "training examples for a tutoring model",
  write: writeLesson,
  frame: (entry) =>
    `${entry}\n\nFirst plan it in full, wrong turns included, under the heading Working. Then write it under the heading Result. The text will be used as a training example.`,
};
const TELEPHONE: Product = {
  purpose: "dialogues for a telephone assistant",
  write: writeScene,
  frame: (entry) =>
    `You make data for a speech model. Think aloud about both speakers' aims between <plan> and </plan>, then transcribe the call, fillers and overlaps marked.\n${entry}`,
};

/** Two customers who make training data and hold a permission to: a list dealt to their accounts round the clock, two answers to each entry, reasoning asked for. One is a declared organization; of the other the agreement names the accounts, and nothing else says they are one. In everything but the paper it is an operation. */
export function syntheticData(random: Random, options: SyntheticDataOptions): Part {
  return gatherAll(
    [TUTORING, TELEPHONE].map((product, index) =>
      makeCustomer(random.fork(`customer ${index}`), product, {
        ...options,
        id: `${options.id}-${index + 1}`,
      }),
    ),
  );
}

function makeCustomer(random: Random, product: Product, options: SyntheticDataOptions): Part {
  const { span } = options;
  const id = `agr_${random.token(8)}`;
  const company = foundCompany(random, {
    span,
    accounts: options.accounts,
    declared: product === TUTORING,
    agreement: id,
    plan: "payg",
    servers: 4,
    caller: { model: MODEL, settings: { temperature: 1, maxTokens: 8192 } },
  });
  const { organization } = company;
  const agreement: Agreement = {
    id,
    customer: company.name,
    organizations: organization === undefined ? [] : [organization],
    accounts: organization === undefined ? company.lines.map((line) => line.account) : [],
    models: [MODEL],
    purpose: product.purpose,
    budget: { exchanges: 10_000_000 },
    from: new Date(span.from - 60 * DAY).toISOString(),
    until: new Date(span.until + 300 * DAY).toISOString(),
  };
  return gather({
    id: options.id,
    family: "synthetic-data customer with an agreement",
    lines: company.lines,
    actors: [{ due: () => make(random.fork("list"), { ...options, product }, company) }],
    agreements: [agreement],
  });
}

function* make(
  random: Random,
  options: SyntheticDataOptions & { readonly product: Product },
  company: Company,
): Generator<Due> {
  const { callers, servers, home } = company;
  const { product } = options;
  const work = makeWorkList(random, { write: () => product.write(random), times: 2, front: 400 });
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
        const turn = [said(product.frame(value))];
        return ask(random, caller, random.pick(servers), openThread(random), turn, { text });
      },
    };
  }
}
