import { said } from "../conversation.ts";
import type { Random } from "../random.ts";
import type { Subject } from "../texts/subject.ts";
import { writeAnswer } from "../texts/write-answer.ts";
import { makeWorkList, type WorkList } from "../work-list.ts";
import type { Item } from "./item.ts";
import type { Message } from "../world.ts";
import { single, type MakeWork, type Topic, type Work } from "./work.ts";

/** A list that is asked one request an entry. */
export interface ListPlan<T extends Item> {
  /** Writes an entry, on the topic where there is one. */
  readonly write: (random: Random, topic: Topic | undefined) => T;
  /** Times each entry is asked. */
  readonly times: number;
  /** The request: the entry in one of the operation's wordings. */
  readonly prompt: (entry: T, wording: string) => string;
  /** The answer's text. */
  readonly answer: (random: Random, subject: Subject, entry: T) => string;
  /** Deals the operation's wordings. */
  readonly wording: (entry: T) => string;
}

/** An entry, and the message it was asked in last. */
interface Listed<T> {
  readonly entry: T;
  asked: Message | undefined;
}

/** Share of requests that fail and are sent again through another account. */
const FAILED = 0.03;
/** Copies held in front of a shared list, and of one topic's. */
const FRONT = 400;
const FRONT_OF_TOPIC = 12;

/** Work through a list: every entry the same few times, by whichever account is free; topics have lists of their own. */
export function listWork<T extends Item>(random: Random, plan: ListPlan<T>): Work {
  const lists = new Map<number, WorkList<Listed<T>>>();
  const listFor = (topic: Topic | undefined): WorkList<Listed<T>> => {
    const index = topic?.index ?? -1;
    let list = lists.get(index);
    if (list === undefined) {
      const write = (): Listed<T> => ({ entry: plan.write(random, topic), asked: undefined });
      const front = topic === undefined ? FRONT : FRONT_OF_TOPIC;
      lists.set(index, (list = makeWorkList(random, { write, times: plan.times, front })));
    }
    return list;
  };
  return {
    steps: 1,
    open: ({ account, topic }) => {
      const list = listFor(topic);
      const item = list.deal(account.line.account);
      if (random.chance(FAILED)) list.requeue(item);
      const { entry } = item.value;
      const text = plan.prompt(entry, plan.wording(entry));
      // The same words are the same message: what is made of it is made once.
      if (item.value.asked?.text !== text) item.value.asked = said(text);
      return single({
        turn: [item.value.asked],
        reply: { text: plan.answer(random, entry.subject, entry) },
      });
    },
  };
}

/** Several kinds of work by weight, one of them a job. */
export function mixedWork(parts: readonly (readonly [MakeWork, number])[]): MakeWork {
  return (random, dials) => {
    const works = parts.map(([make, weight]) => [make(random, dials), weight] as const);
    const total = works.reduce((sum, [, weight]) => sum + weight, 0);
    return {
      steps: works.reduce((sum, [work, weight]) => sum + work.steps * weight, 0) / total,
      open: (occasion) => random.weighted(works).open(occasion),
    };
  };
}

/** A short answer on a subject. */
export function answerShortly(random: Random, subject: Subject): string {
  return writeAnswer(subject, random, 0.7);
}
