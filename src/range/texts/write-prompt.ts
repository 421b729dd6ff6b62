import type { Random } from "../random.ts";
import { writeSnippet } from "./snippet.ts";
import { speak, type Subject } from "./subject.ts";
import { utter, type Voice } from "./voice.ts";

const CODE_FIELDS = new Set(["code", "data", "programas", "technik", "编程", "開発"]);

/** True where requests and answers of the subject may carry source code. */
export function isCode(subject: Subject): boolean {
  return CODE_FIELDS.has(subject.domain.id);
}

/** The first message of a conversation on `subject`, in `voice`. Now and then it is what everybody asks some day. */
export function writeOpening(subject: Subject, voice: Voice, random: Random): string {
  if (subject.shelf !== undefined) return subject.shelf.opening();
  const { language } = subject;
  if (random.chance(voice.commonplace)) return drawCommonplace(language.commonplaces, random);
  const task = speak(random.pick(language.tasks), subject, random);
  const parts = [speak(random.pick(voice.asks), subject, random, task)];
  const facts = random.sample(language.facts, Math.min(9, random.poisson(voice.wordiness)));
  for (const template of facts) {
    const fact = speak(template, subject, random);
    if (random.chance(0.7)) parts.push(fact);
    else parts.unshift(fact);
  }
  if (random.chance(voice.limited)) parts.push(speak(random.pick(voice.limits), subject, random));
  if (random.chance(voice.greets)) {
    parts.unshift(speak(random.pick(voice.openers), subject, random));
  }
  if (random.chance(voice.thanks)) parts.push(speak(random.pick(voice.closers), subject, random));
  const text = utter(parts.join(language.joiner), voice, random);
  if (isCode(subject) && random.chance(0.35))
    return `${text}\n\n${writeSnippet(random, random.whole(4, 14))}`;
  return random.chance(voice.pastes) ? `${text}\n\n${writeRows(subject, random)}` : text;
}

/** A later message. Where the answer before it is given it may take up a passage of that answer. */
export function writeFollowup(
  subject: Subject,
  voice: Voice,
  random: Random,
  answer?: string,
): string {
  const shelved = subject.shelf?.followup();
  if (shelved !== undefined) return shelved;
  const { language } = subject;
  const passage =
    answer !== undefined && random.chance(0.3) ? quotePassage(answer, language.joiner, random) : "";
  const parts =
    passage === ""
      ? [speak(random.pick(voice.followups), subject, random)]
      : [speak(random.pick(language.retorts), subject, random).replace("%", () => passage)];
  if (random.chance(0.35)) parts.push(speak(random.pick(language.facts), subject, random));
  if (random.chance(0.15)) parts.push(speak(random.pick(voice.limits), subject, random));
  return utter(parts.join(language.joiner), voice, random);
}

/** Rank r is asked about 1/r as often as rank 1. */
function drawCommonplace(list: readonly string[], random: Random): string {
  const rank = Math.floor((list.length + 1) ** random.next());
  return list[rank - 1] as string;
}

/** A few words in a row from one of the answer's lines. */
function quotePassage(answer: string, joiner: string, random: Random): string {
  const lines = answer.split("\n");
  const line = lines[Math.floor(random.next() * lines.length)] as string;
  if (joiner === "") {
    const at = Math.floor(random.next() * Math.max(1, line.length - 16));
    return line.slice(at, at + random.whole(5, 16));
  }
  const words = line.split(" ");
  const at = Math.floor(random.next() * Math.max(1, words.length - 9));
  return words.slice(at, at + random.whole(3, 9)).join(" ");
}

/** Rows as people paste them from a table of their own. */
function writeRows(subject: Subject, random: Random): string {
  const { language } = subject;
  const mark = random.pick([";", ",", "\t", " | "]);
  return Array.from({ length: random.whole(3, 14) }, () =>
    [
      language.stuff(random),
      random.pick(subject.names),
      random.whole(1, 9 * subject.count),
      random.whole(1, subject.count2),
    ].join(mark),
  ).join("\n");
}
