import type { Random } from "../random.ts";
import { writeSnippet } from "./snippet.ts";
import { speak, type Subject } from "./subject.ts";
import { utter, type Voice } from "./voice.ts";

const CODE_FIELDS = new Set(["code", "data", "programas", "technik", "编程", "開発"]);

/** True where requests and answers of the subject may carry source code. */
export function isCode(subject: Subject): boolean {
  return CODE_FIELDS.has(subject.domain.id);
}

/** The first message of a conversation on `subject`, in `voice`. */
export function writeOpening(subject: Subject, voice: Voice, random: Random): string {
  const { language } = subject;
  const task = speak(random.pick(language.tasks), subject, random);
  const parts = [speak(random.pick(voice.asks), subject, random, task)];
  const facts = random.sample(language.facts, Math.min(9, random.poisson(voice.wordiness)));
  for (const template of facts) {
    const fact = speak(template, subject, random);
    if (random.chance(0.7)) parts.push(fact);
    else parts.unshift(fact);
  }
  if (random.chance(voice.limited)) parts.push(speak(random.pick(voice.limits), subject, random));
  if (random.chance(voice.greets)) parts.unshift(random.pick(voice.openers));
  if (random.chance(voice.thanks)) parts.push(speak(random.pick(voice.closers), subject, random));
  const text = utter(parts.join(language.joiner), voice, random);
  if (isCode(subject) && random.chance(0.35))
    return `${text}\n\n${writeSnippet(random, random.whole(4, 14))}`;
  return text;
}

/** A later message that builds on the answer before it. */
export function writeFollowup(subject: Subject, voice: Voice, random: Random): string {
  const { language } = subject;
  const parts = [speak(random.pick(voice.followups), subject, random)];
  if (random.chance(0.35)) parts.push(speak(random.pick(language.facts), subject, random));
  if (random.chance(0.15)) parts.push(speak(random.pick(voice.limits), subject, random));
  return utter(parts.join(language.joiner), voice, random);
}
