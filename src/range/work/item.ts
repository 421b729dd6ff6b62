import type { Random } from "../random.ts";
import { chinese } from "../texts/chinese.ts";
import { english } from "../texts/english.ts";
import { german } from "../texts/german.ts";
import { japanese } from "../texts/japanese.ts";
import type { Language } from "../texts/language.ts";
import { spanish } from "../texts/spanish.ts";
import { makeSubject, type Subject } from "../texts/subject.ts";
import { makeVoice } from "../texts/voice.ts";
import { writeOpening } from "../texts/write-prompt.ts";
import type { Topic } from "./work.ts";

/** A piece of work and the subject its answer is about. */
export interface Item {
  readonly text: string;
  readonly subject: Subject;
}

/** Languages that an operation's topics are in, by weight. */
const TOPIC_LANGUAGES = [
  [english, 8],
  [chinese, 4],
  [spanish, 1],
  [german, 1],
  [japanese, 1],
] as const;
/** Accounts to a topic, and topics at most. */
const TOPIC = { accounts: 3, most: 400 };

/** The topics that an operation of `accounts` accounts splits its work into, each with one author's voice. */
export function makeTopics(random: Random, accounts: number): Topic[] {
  const count = Math.min(TOPIC.most, Math.max(2, Math.ceil(accounts / TOPIC.accounts)));
  return Array.from({ length: count }, (_, index) => {
    const language = random.weighted(TOPIC_LANGUAGES);
    return { index, subject: makeSubject(random, language), voice: makeVoice(random, language) };
  });
}

/** An entry of a list: an instruction as people write them, on the topic where there is one, else on anything and by anyone, so that two entries seldom share a phrase and lists of two operations share no more. In `language`; in English where absent, a quarter in Chinese where `mixed`. */
export function writeItem(
  random: Random,
  topic: Topic | undefined,
  options: { readonly language?: Language; readonly mixed?: boolean } = {},
): Item {
  if (topic !== undefined) {
    const { subject, voice } = topic;
    return { text: writeOpening(subject, voice, random), subject };
  }
  if (random.texts !== undefined)
    return { text: random.texts.task(), subject: makeSubject(random, options.language ?? english) };
  const drawn = options.mixed === true && random.chance(0.25) ? chinese : english;
  const language = options.language ?? drawn;
  const subject = makeSubject(random, language);
  const voice = { ...makeVoice(random, language), greets: 0, thanks: 0, commonplace: 0, slips: 0 };
  return { text: writeOpening(subject, voice, random), subject };
}
