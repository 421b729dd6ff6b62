import { ask, openThread, said } from "../conversation.ts";
import type { Random } from "../random.ts";
import { english } from "../texts/english.ts";
import { makeSubject, type Subject } from "../texts/subject.ts";
import { makeVoice } from "../texts/voice.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import { writeOpening } from "../texts/write-prompt.ts";
import type { Due, Part, Span } from "../world.ts";
import { foundCompany, jobTimes, OFFICE_AND_NIGHT, type Company } from "./company.ts";
import { gather, gatherAll } from "./gather.ts";
import { writeProse } from "./prose.ts";

/** Dials of teams that grade their own products' answers. */
export interface GradingOptions {
  readonly span: Span;
  readonly id: string;
  readonly teams: number;
  /** Accounts of each team. */
  readonly seats: number;
  readonly perDay: number;
}

/** The judge's prompt of a public evaluation library; teams differ in rubric and product. */
const JUDGE =
  "You are a strict and impartial judge. Read the rubric, the request and the answer. Reason step by step about each criterion before you score it from 1 to 5. Do not reward length. End with one line of JSON holding the scores and the total.";
/** Share of answers that a second seat judges too, so that the judges' agreement can be measured. */
const SECOND_OPINIONS = 0.25;
/** Share of judgements on the fixed set that every change of the product is tried on. */
const REGRESSION = 0.2;

/** Companies that grade their own assistants with one public library: its prompt is the same for all, part of the answers is judged by a second seat, part comes from a fixed set that is judged again and again, much of it by night. Every other team is declared; of the rest one card says whose they are. Rubrics and products are each team's own. */
export function gradingTeams(random: Random, options: GradingOptions): Part {
  return gatherAll(
    Array.from({ length: options.teams }, (_unused, index) => {
      const company = foundCompany(random, {
        span: options.span,
        accounts: options.seats,
        declared: index % 2 === 0,
        caller: { system: JUDGE, settings: { temperature: 0, maxTokens: 1024 } },
      });
      const own = random.fork(`team ${index}`);
      return gather({
        id: `${options.id}-${index + 1}`,
        family: "evaluation team that grades",
        lines: company.lines,
        actors: [{ due: () => grade(own, options, company) }],
      });
    }),
  );
}

function* grade(random: Random, options: GradingOptions, company: Company): Generator<Due> {
  const { callers, servers, home, subject } = company;
  const rubric = writeRubric(random, subject);
  const fixed = Array.from({ length: random.whole(20, 60) }, () => writeCase(random, subject));
  const open: Case[] = [];
  const job = {
    perDay: options.perDay * callers.length,
    offset: home.offset,
    shift: OFFICE_AND_NIGHT,
  };
  for (const time of jobTimes(random, options.span, job)) {
    yield {
      time,
      take: () => {
        const caller = random.pick(callers);
        const text = random.chance(REGRESSION)
          ? random.pick(fixed)
          : nextCase(random, subject, caller.account, open);
        const turn = [said(`Rubric\n${rubric}\n\n${text}`)];
        const scores = [random.whole(1, 5), random.whole(1, 5), random.whole(1, 5)];
        const verdict = `${writeAnswer(subject, random, 0.6)}\n{"scores":[${scores.join(",")}],"total":${scores.reduce((a, b) => a + b, 0)}}`;
        return ask(random, caller, random.pick(servers), openThread(random), turn, {
          text: verdict,
        });
      },
    };
  }
}

/** An answer that waits for a second opinion. */
interface Case {
  readonly by: string;
  readonly text: string;
}

/** One that another seat has judged, or a new one, which may then wait for a second seat. */
function nextCase(random: Random, product: Subject, seat: string, open: Case[]): string {
  const at = open.findIndex(({ by }) => by !== seat);
  if (at >= 0 && random.chance(0.5)) return open.splice(at, 1)[0]!.text;
  const text = writeCase(random, product);
  if (random.chance(SECOND_OPINIONS)) open.push({ by: seat, text });
  return text;
}

function writeRubric(random: Random, subject: Subject): string {
  return subject.aspects
    .map((aspect, i) => `${i + 1}. ${aspect}: ${writeProse(random, subject, 2)}`)
    .join("\n");
}

/** A customer's request to the product, and what its assistant answered. */
function writeCase(random: Random, product: Subject): string {
  const customer = makeSubject(random, english, product.domain);
  const request = writeOpening(customer, makeVoice(random, english), random);
  return `Request\n${request}\n\nAnswer\n${writeProse(random, customer, 5)}`;
}
