import { ask, openThread, said, type Caller } from "../conversation.ts";
import { drawDevice, drawServer, enrol, type Home } from "../identity.ts";
import { drawCaller } from "../person.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { makeSubject, speak } from "../texts/subject.ts";
import { makeVoice } from "../texts/voice.ts";
import { writeOpening } from "../texts/write-prompt.ts";
import { DAY, HOUR, type Client, type Due, type Part, type Span } from "../world.ts";

/** Dials of a company's batch job. */
export interface CompanyBatchOptions {
  readonly span: Span;
  readonly id: string;
  readonly accounts: number;
  readonly perDay: number;
  /** Whether the accounts are declared as one organization. */
  readonly declared: boolean;
}

const LABELS = [
  "delivery",
  "invoice",
  "cancellation",
  "praise",
  "repair",
  "account",
  "price",
  "complaint",
  "other",
];

/** A company classifies its customers' mail through one template, over several accounts with keys of their own; business hours with a nightly batch. */
export function companyBatch(random: Random, options: CompanyBatchOptions): Part {
  const home: Home = { country: "NL", offset: 1 };
  const organization = `org_${random.token(10)}`;
  const payment = `pay_${random.hex(16)}`;
  const mail = `${english.surname(random).toLowerCase()}.example`;
  const template = `You sort incoming mail for ${english.surname(random)} & ${english.surname(random)}. Answer with exactly one label out of: ${LABELS.join(", ")}. If several fit, choose the one that needs action first. Reply with the label alone.`;
  const client: Client = { ...drawServer(random), ...drawDevice(random, true) };
  const accounts = Array.from({ length: options.accounts }, () =>
    enrol(random, {
      home,
      span: options.span,
      created: options.span.from - (90 + 610 * random.next()) * DAY,
      plan: "team",
      mail,
      payment,
      verification: "identity",
      ...(options.declared ? { organization } : {}),
    }),
  );
  const base = drawCaller(random, accounts[0]!, makeSubject(random, english));
  const callers = accounts.map((line): Caller => ({
    ...base,
    account: line.account,
    credential: `key_${random.token(12)}`,
    ...(options.declared ? { organization } : {}),
    system: template,
    settings: { temperature: 0, maxTokens: 16 },
    model: "orion-4-mini",
    sessions: false,
    stateful: false,
    reasons: false,
  }));
  return {
    accounts,
    actors: [{ due: () => mailroom(random.fork("mail"), options, callers, client) }],
    lookalikes: [
      {
        id: options.id,
        family: options.declared
          ? "company batch through one template"
          : "undeclared company of one owner",
        accounts: accounts.map((line) => line.account),
      },
    ],
  };
}

function* mailroom(
  random: Random,
  options: CompanyBatchOptions,
  callers: readonly Caller[],
  client: Client,
): Generator<Due> {
  const gap = DAY / (options.perDay * callers.length);
  let time = options.span.from;
  while (time < options.span.until) {
    const hour = ((time + HOUR) % DAY) / HOUR;
    const busy = hour > 8 && hour < 18 ? 1.9 : hour > 1 && hour < 3 ? 2.4 : 0.25;
    time += Math.max(1, Math.round(random.exponential(gap / busy)));
    yield {
      time,
      take: () => {
        const subject = makeSubject(random, english);
        const letter = `Subject: ${speak("{aspect} of {thing}", subject, random)}\n\n${writeOpening(subject, makeVoice(random, english), random)}\n${subject.names[0]}`;
        return ask(random, random.pick(callers), client, openThread(random), [said(letter)], {
          text: random.pick(LABELS),
        });
      },
    };
  }
}
