import { ask, openThread, said } from "../conversation.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { makeSubject, speak } from "../texts/subject.ts";
import { makeVoice } from "../texts/voice.ts";
import { writeOpening } from "../texts/write-prompt.ts";
import { type Due, type Part, type Span } from "../world.ts";
import { foundCompany, jobTimes, OFFICE_AND_NIGHT, type Company } from "./company.ts";
import { gather } from "./gather.ts";

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
/** Share of mails that are sent again because the first answer came too late; the next key takes them. */
const RETRIES = 0.02;

/** A company classifies its customers' mail through one template, over several accounts with keys of their own that take turns; business hours with a nightly batch. Undeclared, one card and one mail domain are all that says it is one owner. */
export function companyBatch(random: Random, options: CompanyBatchOptions): Part {
  const company = foundCompany(random, {
    span: options.span,
    accounts: options.accounts,
    declared: options.declared,
    home: { country: "NL", offset: 1 },
    caller: {
      system: `You sort incoming mail for ${english.surname(random)} & ${english.surname(random)}. Answer with exactly one label out of: ${LABELS.join(", ")}. If several fit, choose the one that needs action first. Reply with the label alone.`,
      settings: { temperature: 0, maxTokens: 16 },
      model: "orion-4-mini",
    },
  });
  return gather({
    id: options.id,
    family: options.declared
      ? "company batch through one template"
      : "undeclared company of one owner",
    lines: company.lines,
    actors: [{ due: () => sortMail(random.fork("mail"), options, company) }],
  });
}

function* sortMail(random: Random, options: CompanyBatchOptions, company: Company): Generator<Due> {
  const { callers, servers, home } = company;
  const job = {
    perDay: options.perDay * callers.length,
    offset: home.offset,
    shift: OFFICE_AND_NIGHT,
  };
  let turn = 0;
  for (const time of jobTimes(random, options.span, job)) {
    const subject = makeSubject(random, english);
    const letter = `Subject: ${speak("{aspect} of {thing}", subject, random)}\n\n${writeOpening(subject, makeVoice(random, english), random)}\n${subject.names[0]}`;
    const sends = random.chance(RETRIES) ? 2 : 1;
    for (let i = 0; i < sends; i++) {
      const caller = callers[turn++ % callers.length]!;
      yield {
        time: time + i,
        take: () =>
          ask(random, caller, random.pick(servers), openThread(random), [said(letter)], {
            text: random.pick(LABELS),
          }),
      };
    }
  }
}
