import { ask, openThread, said, type Caller, type Reply } from "./conversation.ts";
import {
  drawDevice,
  drawHome,
  drawLine,
  enrol,
  renewAddress,
  type Enrolment,
  type Home,
} from "./identity.ts";
import type { Random } from "./random.ts";
import { drawRhythm, drawStarts, type Rhythm } from "./rhythm.ts";
import type { Language } from "./texts/language.ts";
import { LANGUAGES } from "./texts/languages.ts";
import { fullName, makeSubject, speak, type Subject } from "./texts/subject.ts";
import { makeVoice, type Voice } from "./texts/voice.ts";
import { writeAnswer } from "./texts/write-answer.ts";
import { writeFollowup, writeOpening } from "./texts/write-prompt.ts";
import {
  DIALECTS,
  HOUR,
  SECOND,
  type AccountLine,
  type Actor,
  type Client,
  type Dialect,
  type Due,
  type Span,
} from "./world.ts";

/** Someone with subjects, a voice, hours and devices of their own. */
export interface Person {
  readonly line: AccountLine;
  readonly caller: Caller;
  readonly clients: readonly Client[];
  readonly language: Language;
  readonly voice: Voice;
  readonly subjects: readonly Subject[];
  readonly rhythm: Rhythm;
  /** Conversations on a usual weekday. */
  readonly daily: number;
  /** Chance that a conversation goes on after an answer. */
  readonly goesOn: number;
}

/** What may be fixed of a person; the rest is drawn. */
export interface PersonTraits {
  readonly span: Span;
  readonly language?: Language;
  readonly home?: Home;
  readonly enrolment?: Partial<Enrolment>;
  readonly caller?: Partial<Caller>;
  readonly client?: Partial<Client>;
  readonly daily?: number;
  readonly rhythm?: Rhythm;
  /** Fields to take subjects from, instead of any. */
  readonly subjects?: readonly Subject[];
}

/** The invented provider's models. */
export const MODELS: readonly (readonly [string, number])[] = [
  ["orion-4", 6],
  ["orion-4-mini", 5],
  ["orion-3.5", 2],
  ["orion-4-deep", 2],
];

/** A language as the provider's customers speak them. */
export function drawLanguage(random: Random): Language {
  return random.weighted(LANGUAGES);
}

/** Draws a person. Volumes are log-normal: the busiest hundredth makes about a seventh of the traffic. */
export function makePerson(random: Random, traits: PersonTraits): Person {
  const language = traits.language ?? drawLanguage(random);
  const home = traits.home ?? drawHome(random, language.code);
  const line = enrol(random, { home, span: traits.span, ...traits.enrolment });
  const subjects =
    traits.subjects ??
    Array.from(
      {
        length: random.weighted([
          [1, 3],
          [2, 4],
          [3, 2],
          [4, 1],
        ] as const),
      },
      () => makeSubject(random, language),
    );
  const devices = random.weighted([
    [1, 5],
    [2, 3],
    [3, 1],
  ] as const);
  const clients = Array.from({ length: devices }, () => ({
    ...drawLine(random, home.country),
    ...drawDevice(random),
    ...traits.client,
  }));
  return {
    line,
    caller: { ...drawCaller(random, line, subjects[0] as Subject), ...traits.caller },
    clients,
    language,
    voice: makeVoice(random, language),
    subjects,
    rhythm: traits.rhythm ?? drawRhythm(random, home.offset),
    daily: traits.daily ?? Math.min(25, random.lognormal(0.34, 1.05)),
    goesOn: random.pick([0.25, 0.5, 0.6, 0.75]),
  };
}

/** Draws an account's software: dialect, model, system prompt (most have none), settings. */
export function drawCaller(random: Random, line: AccountLine, subject: Subject): Caller {
  const dialect: Dialect = random.weighted([
    [DIALECTS[0], 4],
    [DIALECTS[1], 3],
    [DIALECTS[2], 3],
    [DIALECTS[3], 2],
  ] as const);
  const settings: Record<string, number> = {};
  if (random.chance(0.35))
    settings["temperature"] = random.pick([0, 0.2, 0.3, 0.5, 0.7, 0.7, 0.8, 1]);
  if (random.chance(0.1)) settings["top_p"] = random.pick([0.9, 0.95, 1]);
  if (dialect === "anthropic" || random.chance(0.25))
    settings["maxTokens"] = random.pick([512, 1000, 1024, 2000, 2048, 4096, 4096, 8192]);
  const system = drawSystem(random, subject);
  return {
    account: line.account,
    credential: `key_${random.token(12)}`,
    ...(line.organization === undefined ? {} : { organization: line.organization }),
    platform: random.weighted([
      ["api", 6],
      ["app", 4],
      ["cloud", 1],
      ["aggregator", 1],
    ] as const),
    region: random.pick(["eu", "us", "us", "ap"]),
    model: random.weighted(MODELS),
    dialect,
    ...(system === undefined ? {} : { system }),
    settings,
    sessions: random.chance(0.6),
    stateful: dialect === "openai-responses" && random.chance(0.5),
    reasons: dialect !== "openai-chat" && random.chance(0.2),
    language: subject.language.code,
  };
}

function drawSystem(random: Random, subject: Subject): string | undefined {
  if (random.chance(0.62)) return undefined;
  if (random.chance(0.35)) return "You are a helpful assistant.";
  const { language } = subject;
  const about = random.sample(language.facts, 2).concat(random.sample(language.limits, 2));
  return [
    `${fullName(random, language)}.`,
    ...about.map((phrase) => speak(phrase, subject, random)),
  ].join(language.joiner);
}

/** Things a person does beside their own conversations. */
export interface PersonExtras {
  /** Rewrites every first message, as an app does. */
  readonly wrap?: (text: string, random: Random) => string;
  /** First messages sent at given times (sorted), each as a conversation of its own. */
  readonly specials?: readonly { readonly time: number; readonly text: string }[];
  /** Called after every exchange with what was said. */
  readonly heard?: (prompt: string, reply: Reply) => void;
}

/** The part of `span` in which the account exists. */
export function activeSpan(person: Person, span: Span): Span {
  return { from: Math.max(span.from, Date.parse(person.line.created) + 1), until: span.until };
}

/** The person's traffic over `span`, from sign-up on. */
export function personActor(
  person: Person,
  span: Span,
  random: Random,
  extras: PersonExtras = {},
): Actor {
  return { due: () => live(person, activeSpan(person, span), random, extras) };
}

function* live(person: Person, span: Span, random: Random, extras: PersonExtras): Generator<Due> {
  const specials = (extras.specials ?? []).slice();
  let free = span.from;
  for (const start of drawStarts(random, person.rhythm, person.daily, span)) {
    while (specials.length > 0 && (specials[0]?.time ?? 0) <= start) {
      const special = specials.shift() as { time: number; text: string };
      free = yield* converse(
        person,
        Math.max(free, special.time),
        span.until,
        random,
        extras,
        special.text,
      );
    }
    free = yield* converse(person, Math.max(free, start), span.until, random, extras);
  }
  for (const special of specials) {
    free = yield* converse(
      person,
      Math.max(free, special.time),
      span.until,
      random,
      extras,
      special.text,
    );
  }
}

/** One conversation from `start`; returns when the person is free again. */
function* converse(
  person: Person,
  start: number,
  until: number,
  random: Random,
  extras: PersonExtras,
  given?: string,
): Generator<Due, number> {
  const thread = openThread(random);
  const subject = chooseSubject(person, random);
  const client = renewAddress(random, random.pick(person.clients));
  let time = start;
  let heard = "";
  for (let turn = 0; turn < 14 && time < until; turn++) {
    const answer = heard;
    yield {
      time,
      take: () => {
        const prompt =
          turn === 0
            ? opening(person, subject, random, extras, given)
            : writeFollowup(subject, person.voice, random, answer);
        const reply = answerOn(subject, person.caller, random);
        heard = reply.text;
        extras.heard?.(prompt, reply);
        return ask(random, person.caller, client, thread, [said(prompt)], reply);
      },
    };
    time += Math.ceil(
      4 * SECOND + heard.length * random.exponential(30) + random.exponential(45 * SECOND),
    );
    if (!random.chance(person.goesOn)) break;
    if (random.chance(0.04)) time += Math.ceil(random.exponential(2 * HOUR));
  }
  return time;
}

function opening(
  person: Person,
  subject: Subject,
  random: Random,
  extras: PersonExtras,
  given?: string,
): string {
  const text = given ?? writeOpening(subject, person.voice, random);
  return given === undefined && extras.wrap !== undefined ? extras.wrap(text, random) : text;
}

/** The model's reply on a subject, with a thought where the caller asks for one. */
export function answerOn(subject: Subject, caller: Caller, random: Random, size = 1): Reply {
  const text = writeAnswer(subject, random, size);
  return caller.reasons ? { text, thought: writeAnswer(subject, random, 0.5) } : { text };
}

/** What a conversation of theirs is about: the first subject most often. */
export function chooseSubject(person: Person, random: Random): Subject {
  for (const subject of person.subjects) if (random.chance(0.6)) return subject;
  return person.subjects[0] as Subject;
}
