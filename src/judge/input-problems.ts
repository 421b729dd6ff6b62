import type { BlindSignal } from "../core/assessment.ts";
import type { SampleFindings } from "../ingest/examine-sample.ts";
import type { Rejection } from "../ingest/intake-totals.ts";
import { whyNothing } from "../ingest/why-nothing.ts";

/** Something that stands between an input and what a scan could find in it. */
export interface InputProblem {
  /** `stops`: a scan would find nothing. `weakens`: it would see less, or amiss. */
  readonly level: "stops" | "weakens";
  /** What was seen and what to do, with numbers; never a text of the input. */
  readonly sentence: string;
}

/** What problems are told from. */
export interface ProblemSources {
  readonly lines: {
    readonly lines: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly rejections: readonly Rejection[];
  };
  readonly findings?: SampleFindings;
  readonly blind: readonly BlindSignal[];
  /** Absent where no accounts file was given. */
  readonly accounts?: { readonly lines: number; readonly rejected: number };
}

/** A share below which something missing is worth a sentence; a share above which something wrong is. */
const NEARLY_ALL = 0.95;
const SOME = 0.01;
/** Fewer cases than this say nothing of a share. */
const CASES = 20;

/** What is wrong with an input, by what its sample shows; in order of weight. Empty where nothing is. */
export function inputProblems(sources: ProblemSources): readonly InputProblem[] {
  const { lines, findings, blind } = sources;
  if (lines.lines === 0) return [stops("There are no lines.")];
  if (findings === undefined) {
    return [
      stops(`No line is an exchange: see the reasons above. ${whyNothing(lines.rejections)}`),
    ];
  }
  const sentences = [
    ...refusedLines(sources),
    ...sampling(findings),
    ...spoiltTexts(findings),
    ...spoiltTimes(findings),
    ...joins(findings, sources.accounts !== undefined),
    ...blindness(blind),
  ];
  return sentences.map((sentence) => ({ level: "weakens", sentence }));
}

function stops(sentence: string): InputProblem {
  return { level: "stops", sentence };
}

function* refusedLines({ lines, accounts, findings }: ProblemSources): Generator<string> {
  if (lines.rejected > lines.lines * SOME) {
    yield `${share(lines.rejected, lines.lines)} of the lines are rejected: see the reasons above.`;
  }
  if (accounts !== undefined && accounts.rejected > 0) {
    yield `${accounts.rejected} of ${accounts.lines} lines of the accounts file are rejected.`;
  }
  const { other_secret: other, exchanges } = findings?.coverage ?? {
    other_secret: 0,
    exchanges: 0,
  };
  if (other > 0) {
    yield `${share(other, exchanges)} of the exchanges are fingerprints made with another secret: they compare with nothing made with this one. Give the --data folder whose secrets.json made them.`;
  }
}

/** Signs that lines are missing or stand twice. */
function* sampling({ turns, ids, coverage }: SampleFindings): Generator<string> {
  if (turns.late >= CASES && turns.joined < turns.late / 2) {
    yield `${share(turns.late - turns.joined, turns.late)} of the requests that go on with a conversation find no earlier turn of it: lines seem to be missing (a sampled log, other regions, other files), or histories are rewritten. A sample of all lines tears groups apart: take all traffic of fewer days or of one model.`;
  }
  const { numbers, neighbours, usual_gap: gap } = ids;
  if (numbers >= 5 * CASES && neighbours < numbers * 0.9 && gap > 0 && gap <= 1000) {
    const kept = Math.max(neighbours / numbers, neighbours > numbers / 20 ? 0 : 1 / gap);
    yield `Ids are numbered and only about ${share(kept, 1)} of the numbers are here: the log may be a sample.`;
  }
  if (ids.twins > coverage.exchanges * SOME) {
    yield `${share(ids.twins, coverage.exchanges)} of the exchanges stand under two ids with the same account, time, messages and answer: keep one, or they count twice.`;
  }
}

const TEXT_NAMES: Readonly<Record<string, string>> = { prompt: "prompts", answer: "answers" };

/** Signs that texts are not what was said. */
function* spoiltTexts({ texts, turns }: SampleFindings): Generator<string> {
  for (const found of texts) {
    const { kind, texts: all, hashed, marked, commonest } = found;
    const name = TEXT_NAMES[kind] ?? kind;
    if (hashed > all * SOME && hashed >= CASES) {
      yield `${share(hashed, all)} of the ${name} look like hashes: log their text, or their fingerprints (stillwatch fingerprint).`;
    } else if (commonest > all / 2 && all >= CASES) {
      yield `One short text stands in ${share(commonest, all)} of the ${name}: they look redacted.`;
    }
    const cutAt = lengthOfCut(found);
    if (cutAt > 0 || marked > all * SOME) {
      const where = cutAt > 0 ? ` at ${cutAt} characters` : "";
      yield `The ${name} look cut short${where}: what stands behind is not seen, and cut answers are not recognized where they are presented.`;
    }
  }
  if (turns.answered >= CASES && turns.echoed < turns.answered / 2) {
    yield `Only ${share(turns.echoed, turns.answered)} of the requests that go on bring the answer that was logged: the logged answers differ from those delivered, and echo sees little.`;
  }
}

/** The length at which different texts end too often; 0 where there is none. */
function lengthOfCut(found: SampleFindings["texts"][number]): number {
  const { texts: all, longest, at_longest: atLongest, usual, at_usual: atUsual } = found;
  if (longest >= 100 && atLongest >= Math.max(5, all * SOME)) return longest;
  return atUsual >= Math.max(CASES, all * 0.05) ? usual : 0;
}

/** Signs that times are not when things happened. */
function* spoiltTimes({ times }: SampleFindings): Generator<string> {
  if (times.lines < CASES) return;
  if (times.whole_minutes === times.lines) {
    yield "All times are whole minutes: order within a minute is lost, and lockstep and pace see less. Log milliseconds.";
  }
  if (times.at_once > Math.max(CASES, times.lines * SOME * 5)) {
    yield `${share(times.at_once, times.lines)} of the lines have one and the same time: it may be when they were written, not when they were asked.`;
  }
}

/** What can't be joined to what. */
function* joins({ coverage, accounts }: SampleFindings, told: boolean): Generator<string> {
  const { exchanges, request, request_text: words, answer } = coverage;
  if (words < request * NEARLY_ALL && words > 0) {
    yield `${share(request - words, request)} of the requests have no text that could be read.`;
  }
  if (answer < request * NEARLY_ALL && answer > 0) {
    yield `${share(request - answer, request)} of the requests have no answer: echo and capture don't see those.`;
  }
  if (request < exchanges * NEARLY_ALL) {
    yield `${share(exchanges - request, exchanges)} of the exchanges have no request: parts whose request is elsewhere.`;
  }
  if (told && accounts.exchanges_known < accounts.exchanges * NEARLY_ALL) {
    yield `${share(accounts.exchanges - accounts.exchanges_known, accounts.exchanges)} of the exchanges are of accounts that the accounts file doesn't know: are the ids the same?`;
  }
  if (told && accounts.known > 0 && accounts.paying < accounts.known / 2) {
    yield `${share(accounts.known - accounts.paying, accounts.known)} of the known accounts have none of payment, phone and device: payment and succession see little.`;
  }
}

function blindness(blind: readonly BlindSignal[]): readonly string[] {
  const byNeed = Map.groupBy(blind, ({ needs }) => needs);
  return [...byNeed].map(
    ([needs, signals]) =>
      `Blind: ${signals.map(({ signal }) => signal).join(", ")}. What they need is ${needs}.`,
  );
}

function share(part: number, of: number): string {
  const percent = (100 * part) / of;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}
