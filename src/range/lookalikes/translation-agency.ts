import { ask, openThread, said } from "../conversation.ts";
import { drawLine, renewAddress } from "../identity.ts";
import type { Random } from "../random.ts";
import { drawRhythm, drawStarts } from "../rhythm.ts";
import { chinese } from "../texts/chinese.ts";
import { english } from "../texts/english.ts";
import { german } from "../texts/german.ts";
import { japanese } from "../texts/japanese.ts";
import type { Language } from "../texts/language.ts";
import { spanish } from "../texts/spanish.ts";
import { makeSubject, type Subject } from "../texts/subject.ts";
import { writeProse } from "./prose.ts";
import { SECOND, type Due, type Part, type Span } from "../world.ts";
import { foundCompany, type Company } from "./company.ts";
import { gather } from "./gather.ts";

/** Dials of a translation agency. */
export interface TranslationOptions {
  readonly span: Span;
  readonly id: string;
  readonly translators: number;
  /** Documents a translator and day. */
  readonly daily: number;
}

const PAIRS: readonly (readonly [Language, Language])[] = [
  [german, english],
  [english, german],
  [spanish, english],
  [japanese, english],
  [english, spanish],
  [chinese, english],
];
const NAMES: Readonly<Record<string, string>> = {
  en: "English",
  de: "German",
  es: "Spanish",
  ja: "Japanese",
  zh: "Chinese",
};

/** A draft that waits for a second pair of eyes. */
interface Draft {
  readonly by: string;
  readonly pair: number;
  readonly source: string;
  readonly target: string;
}

/** Translators of one agency, each with a seat, a language pair, clients and hours of their own; documents go segment by segment through the agency's template, and drafts made in one seat are revised in another. One card pays; the seats are not declared. */
export function translationAgency(random: Random, options: TranslationOptions): Part {
  const company = foundCompany(random, {
    span: options.span,
    accounts: options.translators,
    declared: false,
    plan: "team",
    caller: { settings: { temperature: 0.2, maxTokens: 4096 }, model: "orion-4" },
  });
  const drafts: Draft[] = [];
  return gather({
    id: options.id,
    family: "translation agency",
    lines: company.lines,
    actors: company.callers.map((_caller, index) => {
      const own = random.fork(`translator ${index}`);
      return { due: () => translate(own, options, company, index, drafts) };
    }),
  });
}

function* translate(
  random: Random,
  options: TranslationOptions,
  company: Company,
  seat: number,
  drafts: Draft[],
): Generator<Due> {
  const pair = Math.floor(seat / 2) % PAIRS.length;
  const [source, target] = PAIRS[pair]!;
  const caller = company.callers[seat]!;
  const home = { ...company.servers[0]!, ...drawLine(random, company.home.country) };
  const clients = Array.from({ length: random.whole(2, 4) }, () => makeSubject(random, source));
  const rhythm = { ...drawRhythm(random, company.home.offset), presence: 0.8 };
  const daily = options.daily * random.lognormal(1, 0.5);
  let free = options.span.from;
  for (const start of drawStarts(random, rhythm, daily, options.span)) {
    const subject = random.pick(clients);
    const inTarget: Subject = makeSubject(random, target);
    const segments = random.whole(3, 14);
    let time = Math.max(free, start);
    for (let i = 0; i < segments && time < options.span.until; i++) {
      const client = renewAddress(random, home);
      yield {
        time,
        take: () => {
          const foreign = drafts.findIndex((d) => d.pair === pair && d.by !== caller.account);
          const taken =
            foreign >= 0 && random.chance(0.4) ? drafts.splice(foreign, 1)[0] : undefined;
          const segment = taken?.source ?? writeProse(random, subject, 4);
          const text = writeProse(random, inTarget, 4);
          if (taken === undefined && drafts.length < 300)
            drafts.push({ by: caller.account, pair, source: segment, target: text });
          const order = taken === undefined ? "" : `\n\nDraft to revise:\n${taken.target}`;
          const prompt = `${frame(company.name, source, target, subject)}\n\nSegment:\n${segment}${order}`;
          return ask(random, caller, client, openThread(random), [said(prompt)], { text });
        },
      };
      time += Math.ceil(10 * SECOND + random.exponential(80 * SECOND));
    }
    free = time;
  }
}

function frame(agency: string, source: Language, target: Language, client: Subject): string {
  return `You translate for ${agency} Language Services from ${NAMES[source.code]} into ${NAMES[target.code]}. Keep figures, names and tags. Use the client's glossary. Return the translation and nothing else.\nGlossary: ${client.things.join("; ")}`;
}
