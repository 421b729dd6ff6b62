import { drawCallId, said, type Reply } from "./conversation.ts";
import { makeRandom, type Random } from "./random.ts";
import { english } from "./texts/english.ts";
import { bank } from "./texts/language.ts";
import { writeIdentifier, writeSnippet } from "./texts/snippet.ts";
import { makeSubject, speak, type Subject } from "./texts/subject.ts";
import type { Dialect, Message, Tool, ToolCall } from "./world.ts";

/** A coding agent's fixed part: what it sends with every request. */
export interface Scaffold {
  readonly system: string;
  readonly tools: readonly Tool[];
}

/** The names in a code base. */
interface Code {
  readonly files: readonly string[];
  readonly symbols: readonly string[];
}

/** A code base with names of its own. */
export interface Repository extends Code {
  readonly name: string;
  readonly subject: Subject;
  /** What stands in a file; the same every time it is read. */
  readonly read: (file: string) => string;
  /** Notes for agents that every session in it begins with; empty where there are none. */
  readonly notes: string;
}

/** How large a code base is: the median length of its files and of its notes for agents, in characters. */
export interface RepositorySize {
  readonly file: number;
  readonly notes: number;
}

const SMALL: RepositorySize = { file: 700, notes: 0 };
/** Files of working code bases: most a few kB, some a hundred. */
export const WORKING: RepositorySize = { file: 3000, notes: 2500 };
const LONGEST_FILE = 90_000;

const FOLDERS = bank("src|lib|core|pkg|internal|app|server|jobs|tests|cmd|store|web");
const ENDINGS = bank("py|ts|go|rs|java|sql|tsx|rb");
const FAULTS = bank(
  "drops|doubles|misreads|swallows|leaks|ignores|reorders|truncates|rounds|caches|escapes|retries|locks|rejects|overwrites|forgets|logs|blocks on",
);
const PIECES = bank(
  "rows|the last chunk|quoted fields|time zones|the handle|errors|headers|empty input|secrets|duplicates|signed values|nested keys|the cursor|late events|the checksum|umlauts|old sessions|symlinks",
);
const OCCASIONS = bank(
  "when two calls overlap|once there are many|after a restart|on slow disks|if the clock jumps|in dry runs|under load|for one tenant|since the upgrade|with no network|on the second try|past midnight|for long names|without a lock file|in the container|after a merge",
);

/** Draws a code base about the things of one English subject. */
export function makeRepository(random: Random, size: RepositorySize = SMALL): Repository {
  const ending = random.pick(ENDINGS);
  const symbols = Array.from({ length: random.whole(8, 16) }, () => writeIdentifier(random));
  const folders = random.sample(FOLDERS, 3);
  const files = Array.from(
    { length: random.whole(6, 14) },
    () => `${random.pick(folders)}/${writeIdentifier(random)}.${ending}`,
  );
  const subject = makeSubject(random, english);
  return {
    name: english.place(random).toLowerCase(),
    files,
    symbols,
    subject,
    read: makeReader(random.token(12), size.file),
    notes:
      size.notes === 0
        ? ""
        : writeNotes(random, { files, symbols }, random.lognormal(size.notes, 0.9)),
  };
}

/** Files are written when first read, each from a source of its own, so that a code base costs what is read of it. */
function makeReader(seed: string, median: number): (file: string) => string {
  const texts = new Map<string, string>();
  return (file) => {
    let text = texts.get(file);
    if (text === undefined) {
      const random = makeRandom(`${seed}/${file}`);
      const length = Math.min(LONGEST_FILE, random.lognormal(median, 1.1));
      texts.set(file, (text = writeSource(random, length)));
    }
    return text;
  };
}

function writeSource(random: Random, length: number): string {
  let text = "";
  while (text.length < length) text += `${writeSnippet(random, random.whole(6, 24))}\n\n`;
  return text.replaceAll(/^```\w*\n/gm, "");
}

function writeNotes(random: Random, code: Code, length: number): string {
  const { files, symbols } = code;
  const lines: string[] = [];
  for (let total = 0; total < Math.min(length, 24_000);) {
    const [file, symbol, other] = [files, symbols, symbols].map((list) => random.pick(list));
    const line = random.pick([
      () => `- ${symbol} ${writeFault(random)}; see ${file}`,
      () => `- ${file}: ${symbol} before ${other}, ${random.whole(2, 900)} at most`,
      () => `- ${random.pick(["never", "rarely", "always"])} call ${symbol} from ${file}`,
      () => `- ${other} = ${random.whole(1, 9999)} (${symbol}, ${english.given(random)})`,
    ])();
    total += line.length + 1;
    lines.push(line);
  }
  return lines.join("\n");
}

function writeFault(random: Random): string {
  return `${random.pick(FAULTS)} ${random.pick(PIECES)} ${random.pick(OCCASIONS)}`;
}

/** What someone asks the agent to do in the repository. */
export function writeIssue(repository: Repository, random: Random): string {
  const symbol = random.pick(repository.symbols);
  const file = random.pick(repository.files);
  const core = random.pick([
    () => `${symbol} in ${file} ${writeFault(random)}.`,
    () =>
      `In ${repository.name}, make ${symbol} and ${random.pick(repository.symbols)} share one path; ${file} ${writeFault(random)}.`,
    () => `Add ${writeIdentifier(random)} to ${file}. Right now ${symbol} ${writeFault(random)}.`,
    () =>
      `Why does ${symbol} ${random.pick(["time out", "return null", "retry for ever", "fail only in CI"])} after ${random.whole(3, 900)} calls? Look at ${file}.`,
  ])();
  const fact = random.chance(0.5)
    ? ` ${speak(random.pick(english.facts), repository.subject, random)}`
    : "";
  return core + fact;
}

/** The agent's next step: one or two tool calls with a line of text, or the final report. */
export function writeStep(
  repository: Repository,
  scaffold: Scaffold,
  dialect: Dialect,
  random: Random,
  last: boolean,
): Reply {
  const symbol = random.pick(repository.symbols);
  if (last) {
    const file = random.pick(repository.files);
    return {
      text: `${symbol} is fixed in ${file}: it ${writeFault(random)} because ${random.pick(repository.symbols)} kept ${random.whole(2, 400)} entries of ${random.pick(repository.symbols)}. ${random.whole(3, 80)} tests pass.\n\n${writeSnippet(random, random.whole(4, 9))}`,
    };
  }
  const calls = Array.from({ length: random.chance(0.2) ? 2 : 1 }, () =>
    writeCall(repository, scaffold, dialect, random),
  );
  const text = random.chance(0.6)
    ? `${random.pick(["Checking", "Looking at", "Next is", "I suspect", "Let me trace", "Now"])} ${symbol} against ${random.pick(repository.files)}, line ${random.whole(2, 600)}.`
    : "";
  return {
    text,
    calls,
    thought: `${symbol} ${writeFault(random)}; ${random.pick(repository.files)} calls it ${random.whole(2, 60)} times, ${random.pick(repository.symbols)} does not.`,
  };
}

/** The tools' results for a step, or the user's message where the step made no call. */
export function answerCalls(
  calls: readonly ToolCall[],
  repository: Repository,
  random: Random,
): Message[] {
  return calls.map((call) => ({
    role: "tool",
    text: writeResult(call, repository, random),
    callId: call.id,
    callName: call.name,
  }));
}

/** A user's issue as the first turn, after the code base's notes. */
export function openIssue(repository: Repository, random: Random): Message {
  return said(withNotes(repository, writeIssue(repository, random)));
}

/** A first message as an agent sends it: the code base's notes, then what was asked. */
export function withNotes(repository: Repository, text: string): string {
  return repository.notes === ""
    ? text
    : `<notes of="${repository.name}">\n${repository.notes}\n</notes>\n\n${text}`;
}

function writeCall(
  repository: Repository,
  scaffold: Scaffold,
  dialect: Dialect,
  random: Random,
): ToolCall {
  const tool = random.pick(scaffold.tools);
  const values: Readonly<Record<string, () => string>> = {
    path: () => random.pick(repository.files),
    command: () =>
      `${random.pick(["pytest -q", "go test", "npm test --", "cargo test", "git log -n", "wc -l"])} ${random.pick(repository.files)} ${random.whole(1, 40)}`,
    query: () => random.pick(repository.symbols),
    text: () => writeSnippet(random, random.whole(2, 5)),
  };
  const input = Object.fromEntries(
    Object.keys(tool.parameters).map((name) => [
      name,
      (values[name] ?? (() => writeIdentifier(random)))(),
    ]),
  );
  return { id: drawCallId(random, dialect), name: tool.name, input };
}

function writeResult(call: ToolCall, repository: Repository, random: Random): string {
  const { path, text } = call.input;
  if (typeof path === "string" && text === undefined) return repository.read(path);
  if (text !== undefined) return `${random.whole(1, 40)} lines of ${String(path)} replaced`;
  return random.pick([
    () => writeLog(repository, random),
    () =>
      Array.from(
        { length: random.whole(2, 6) },
        () =>
          `${random.pick(repository.files)}:${random.whole(1, 900)}: ${random.pick(repository.symbols)}(${random.whole(0, 99)})`,
      ).join("\n"),
    () =>
      `${random.whole(1, 90)} passed, ${random.whole(0, 5)} failed in ${(random.next() * 40).toFixed(2)}s\nFAILED ${random.pick(repository.files)}::${random.pick(repository.symbols)}`,
  ])();
}

function writeLog(repository: Repository, random: Random): string {
  const lines = Math.min(400, Math.ceil(random.lognormal(8, 1)));
  return Array.from(
    { length: lines },
    () =>
      `${(random.next() * 90).toFixed(3)} ${random.pick(["ok", "ok", "ok", "warn", "slow"])} ${random.pick(repository.files)} ${random.pick(repository.symbols)}=${random.whole(0, 9999)}`,
  ).join("\n");
}
