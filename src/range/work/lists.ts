import type { Random } from "../random.ts";
import type { Subject } from "../texts/subject.ts";
import { chinese } from "../texts/chinese.ts";
import { english } from "../texts/english.ts";
import { german } from "../texts/german.ts";
import { japanese } from "../texts/japanese.ts";
import { spanish } from "../texts/spanish.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import { EXPLAIN, GRADE, REASON_INLINE, VERIFY } from "./framings.ts";
import { THINK_OPENLY } from "./framings-by-language.ts";
import { answerShortly, listWork } from "./list-work.ts";
import { writeItem, type Item } from "./item.ts";
import type { MakeWork, Topic } from "./work.ts";
import { makeVariants, makeWordings, writeWording } from "./wordings.ts";

/** An entry with a completed response and a rival one. */
interface Answered extends Item {
  readonly response: string;
  readonly rival: string;
}

function writeAnswered(random: Random, topic: Topic | undefined): Answered {
  const item = writeItem(random, topic);
  const response = writeAnswer(item.subject, random, 0.8);
  return { ...item, response, rival: writeAnswer(item.subject, random, 0.8) };
}

/** Reasoning forced into the answer by a line in every request; each entry is asked twice. */
export const reasonInline: MakeWork = (random, dials) => {
  const tags = drawTags(random);
  const line = (source: Random): string => tags(writeWording(source, REASON_INLINE));
  const marks = ["<reasoning>\n", "\n</reasoning>\n<result>\n", "\n</result>"].map(tags);
  return listWork(random, {
    write: (source, topic) => writeItem(source, topic, { mixed: true }),
    times: 2,
    wording: makeVariants(random, line, dials.paraphrases),
    prompt: ({ text }, wording) => `${text}\n\n${wording}`,
    answer: (source, subject) => reasoned(source, subject, marks),
  });
};

/** Reasoning and result between an operation's `marks`. */
function reasoned(random: Random, subject: Subject, marks: readonly string[]): string {
  const [open = "", between = "", close = ""] = marks;
  return `${open}${writeAnswer(subject, random, 1.4)}${between}${writeAnswer(subject, random, 0.5)}${close}`;
}

/** Puts an operation's own tags in place of the grammar's. */
function drawTags(random: Random): (text: string) => string {
  const reasoning = random.pick([
    "reasoning",
    "thinking",
    "thoughts",
    "analysis",
    "trace",
    "notes",
  ]);
  const result = random.pick(["result", "answer", "final", "reply", "output"]);
  return (text) =>
    text
      .replaceAll(/<(\/?)reasoning>/g, `<$1${reasoning}>`)
      .replaceAll(/<(\/?)result>/g, `<$1${result}>`);
}

/** The reasoning behind a completed response, three accounts an entry. */
export const explainResponses: MakeWork = (random, dials) =>
  listWork(random, {
    write: writeAnswered,
    times: 3,
    wording: makeWordings(random, EXPLAIN, dials.paraphrases),
    prompt: ({ text, response }, frame) =>
      `${frame}\n\nQuestion:\n${text}\n\nCompleted response:\n${response}`,
    answer: (source, subject) => writeAnswer(subject, source, 1.6),
  });

/** Two candidates graded against a rubric, once. */
export const gradeCandidates: MakeWork = (random, dials) =>
  listWork(random, {
    write: writeAnswered,
    times: 1,
    wording: makeWordings(random, GRADE, dials.paraphrases),
    prompt: ({ text, response, rival }, rubric) =>
      `${rubric}\n\nQuestion:\n${text}\n\nCandidate A:\n${response}\n\nCandidate B:\n${rival}`,
    answer: answerShortly,
  });

/** Tasks for reinforcement learning, none of them asked twice. */
export const verifiableTasks: MakeWork = (random, dials) =>
  listWork(random, {
    write: (source, topic) => writeItem(source, topic),
    times: 1,
    wording: makeWordings(random, VERIFY, dials.paraphrases),
    prompt: ({ text }, frame) => `${frame}\n\n${text}`,
    answer: (source, subject) =>
      `${writeAnswer(subject, source, 1.3)}\n\n#### ${source.whole(2, 9000)}`,
  });

const LANGUAGES = [english, chinese, spanish, german, japanese] as const;

/** The same request to think openly, translated into five languages and paraphrased in each; entries in the language of the request. */
export const translatedRequests: MakeWork = (random, dials) => {
  const wordings = new Map(
    LANGUAGES.map(({ code }) => [
      code,
      makeWordings(random, THINK_OPENLY[code] ?? [], dials.paraphrases),
    ]),
  );
  return listWork(random, {
    write: (source, topic) => writeItem(source, topic, { language: source.pick(LANGUAGES) }),
    times: 2,
    wording: ({ subject }) => wordings.get(subject.language.code)?.() ?? "",
    prompt: ({ text }, frame) =>
      random.chance(0.5) ? `${text}\n\n${frame}` : `${frame}\n\n${text}`,
    answer: (source, subject) => writeAnswer(subject, source, 1.7),
  });
};
