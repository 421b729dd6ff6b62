import type { Random } from "../random.ts";
import { bank } from "../texts/language.ts";
import { speak, type Subject } from "../texts/subject.ts";
import { chinese } from "../texts/chinese.ts";
import { english } from "../texts/english.ts";
import { german } from "../texts/german.ts";
import { japanese } from "../texts/japanese.ts";
import { spanish } from "../texts/spanish.ts";
import { makeSubject } from "../texts/subject.ts";
import { writeTask } from "../texts/tasks.ts";
import type { Topic } from "./work.ts";

/** A piece of work and the subject its answer is about. */
export interface Item {
  readonly text: string;
  readonly subject: Subject;
}

/** Tasks in English that take any subject. */
const ENGLISH = bank(
  "Work out {aspect} for {count} {kind} cases of {thing} when each costs {count2}, and show every figure.|{name} claims that {aspect} of {thing} follows from {aspect2}. Find the flaw or prove it, using {count} as the bound.|Rank {thing}, {thing2} and a {kind} alternative by {aspect}; defend the order against an objection from {name2}.|Derive how {aspect} changes if {thing} is doubled {count} times while {aspect2} stays below {count2}.|Write a program that reads {count} records on {thing} and reports {aspect}, with tests for {kind} input.|Compose {piece} in which {name} of {place} must settle {aspect} of {thing} before {day}.|Given that {thing} is {kind} and {thing2} isn't, which conclusions about {aspect} hold in {place}, and with what certainty?|Draw up {count} questions on {thing} that test {aspect}, each with a model answer and a common wrong one.|Explain {aspect} of {thing} to {name}, who knows only {thing2}, and correct one false analogy on the way.|Three experts in {place} disagree on {aspect} for {thing}. Write the case of each, then decide.|A table has columns for {aspect}, {aspect2} and price in {count} rows on {thing}. Say which row is the outlier and why.|Plan {thing} for {count2} people in {place}: constraints, {aspect}, {aspect2}, and what to drop first.",
);

const LANGUAGES = [
  [english, 8],
  [chinese, 4],
  [spanish, 1],
  [german, 1],
  [japanese, 1],
] as const;

/** The topics that an operation of `accounts` accounts splits its work into: one for every three accounts, 400 at most. */
export function makeTopics(random: Random, accounts: number): Topic[] {
  return Array.from(
    { length: Math.min(400, Math.max(2, Math.ceil(accounts / 3))) },
    (_, index) => ({
      index,
      subject: makeSubject(random, random.weighted(LANGUAGES)),
    }),
  );
}

/** A task on a subject, in its language: the subject's things with other names, places and figures. */
export function writeTopicalTask(random: Random, given: Subject): Item {
  const fresh = makeSubject(random, given.language, given.domain);
  const subject = { ...fresh, things: given.things, aspects: given.aspects, kinds: given.kinds };
  const { language } = subject;
  if (language === english) return { text: speak(random.pick(ENGLISH), subject, random), subject };
  const task = speak(random.pick(language.tasks), subject, random);
  const parts = [
    speak(random.pick(language.asks), subject, random, task),
    ...random
      .sample(language.facts, random.whole(1, 2))
      .map((fact) => speak(fact, subject, random)),
    speak(random.pick(language.limits), subject, random),
  ];
  return { text: parts.join(language.joiner), subject };
}

/** A task for the list: on the topic where there is one, else of any kind, a quarter of them in Chinese where `mixed`. */
export function writeItem(random: Random, topic: Topic | undefined, mixed = false): Item {
  if (topic !== undefined) return writeTopicalTask(random, topic.subject);
  const inChinese = mixed && random.chance(0.25);
  const { text } = writeTask(random, inChinese ? "chinese" : undefined);
  return { text, subject: makeSubject(random, inChinese ? chinese : english) };
}
