import { type FileHandle, open } from "node:fs/promises";
import { type WordSource, wordSource } from "./word-source.ts";

/** What lines are made of. */
export interface LineOptions {
  readonly seed: number;
  /** Bytes of a line, on average. */
  readonly bytes: number;
  readonly accounts: number;
  /** Time of the first line and of the last, milliseconds; lines come in order of time, as logs do. */
  readonly from: number;
  readonly until: number;
  /** How many lines fill that time. */
  readonly lines: number;
}

/** Lines one after another; never two with the same id. */
export type LineSource = () => string;

const ENVELOPE_BYTES = 650;
const TEMPLATES = 300;

/**
 * Canonical exchanges in the four dialects by turns. One in four uses one of 300 shared templates, one in four
 * carries two earlier turns, one in ten a tool; half have one of 60 system prompts.
 */
export function exchangeLines(options: LineOptions): LineSource {
  const words = wordSource(options.seed);
  const templates = Array.from({ length: TEMPLATES }, () => [words.text(140), words.text(90)]);
  const systems = Array.from({ length: 60 }, () => words.text(160));
  const step = (options.until - options.from) / Math.max(1, options.lines);
  let number = 0;
  return () => {
    const body = Math.max(60, options.bytes - ENVELOPE_BYTES) * (0.5 + words.below(1001) / 1000);
    const turns = words.below(4) === 0 ? 3 : 1;
    const asked = prompt(words, templates, body * 0.35);
    const said = turns === 1 ? [asked] : [words.text(body * 0.1), words.text(body * 0.2), asked];
    const system = words.below(2) === 0 ? systems[words.below(systems.length)] : undefined;
    const exchange = { said, answer: words.text(body * (turns === 1 ? 0.6 : 0.35)), system, words };
    const dialect = number % 4;
    const { request, response } = WRITERS[dialect as 0 | 1 | 2 | 3](exchange);
    const at = new Date(options.from + step * number).toISOString();
    return envelope(words, options, number++, at, request, response);
  };
}

interface Exchange {
  /** What was said so far, a user's turns and a model's by turns. Escaped. */
  readonly said: readonly string[];
  readonly answer: string;
  readonly system: string | undefined;
  readonly words: WordSource;
}

interface Written {
  readonly request: string;
  readonly response: string;
}

const TOOLS =
  '[{"type":"function","function":{"name":"look_up","description":"Looks a record up","parameters":{"type":"object"}}}]';

const WRITERS: Readonly<Record<0 | 1 | 2 | 3, (exchange: Exchange) => Written>> = {
  0: ({ said, answer, system, words }) => ({
    request: `{"model":"orion-4","messages":[${system === undefined ? "" : `{"role":"system","content":"${system}"},`}${messages(said, "assistant")}],"temperature":0.${words.below(10)},"max_tokens":1024${words.below(10) === 0 ? `,"tools":${TOOLS}` : ""}}`,
    response: `{"id":"chatcmpl-${words.hex(24)}","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"${answer}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":${180 + words.below(99)},"completion_tokens":${150 + words.below(99)}}}`,
  }),
  1: ({ said, answer, system, words }) => ({
    request: `{"model":"orion-4","input":[${messages(said, "assistant")}]${system === undefined ? "" : `,"instructions":"${system}"`},"max_output_tokens":2048}`,
    response: `{"id":"resp_${words.hex(32)}","object":"response","status":"completed","output":[{"type":"message","id":"msg_${words.hex(32)}","content":[{"type":"output_text","text":"${answer}"}]}],"usage":{"input_tokens":${180 + words.below(99)},"output_tokens":${150 + words.below(99)}}}`,
  }),
  2: ({ said, answer, system, words }) => ({
    request: `{"model":"lyra-2","max_tokens":1024,${system === undefined ? "" : `"system":"${system}",`}"messages":[${said.map((text, i) => `{"role":"${i % 2 === 0 ? "user" : "assistant"}","content":[{"type":"text","text":"${text}"}]}`).join(",")}]}`,
    response: `{"id":"msg_${words.hex(24)}","type":"message","role":"assistant","content":[{"type":"text","text":"${answer}"}],"stop_reason":"end_turn","usage":{"input_tokens":${180 + words.below(99)},"output_tokens":${150 + words.below(99)}}}`,
  }),
  3: ({ said, answer, system, words }) => ({
    request: `{"contents":[${said.map((text, i) => `{"role":"${i % 2 === 0 ? "user" : "model"}","parts":[{"text":"${text}"}]}`).join(",")}]${system === undefined ? "" : `,"systemInstruction":{"parts":[{"text":"${system}"}]}`},"generationConfig":{"temperature":0.${words.below(10)},"maxOutputTokens":800}}`,
    response: `{"responseId":"${words.hex(22)}","candidates":[{"content":{"role":"model","parts":[{"text":"${answer}"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":${180 + words.below(99)},"candidatesTokenCount":${150 + words.below(99)}}}`,
  }),
};

function messages(said: readonly string[], model: string): string {
  return said
    .map((text, i) => `{"role":"${i % 2 === 0 ? "user" : model}","content":"${text}"}`)
    .join(",");
}

function prompt(words: WordSource, templates: readonly string[][], bytes: number): string {
  if (words.below(4) > 0) return words.text(bytes);
  const [before, after] = templates[words.below(templates.length)] ?? [];
  return `${before ?? ""}${words.text(Math.max(40, bytes - 230))}${after ?? ""}`;
}

function envelope(
  words: WordSource,
  { seed, accounts }: LineOptions,
  number: number,
  time: string,
  request: string,
  response: string,
): string {
  // A few accounts make most of the traffic.
  const account = Math.floor(accounts * (words.below(1_000_000) / 1_000_000) ** 2);
  const network = `10.${account & 127}.${(account >> 7) & 255}`;
  return `{"id":"${seed}-${number}","time":"${time}","account":"acct_${account}","credential":"key_${account}_${number & 1}","platform":"api","model":"orion-4","client":{"ip":"${network}.${words.below(250)}","user_agent":"client-${account % 40}/1.${account % 7}"},"http_status":200,"usage":{"input":${180 + words.below(99)},"output":${150 + words.below(99)}},"request":${request},"response":${response}}\n`;
}

const PIECE_CHARACTERS = 4 << 20;

/** Writes lines to a file until `most` lines or `bytes` bytes are reached; returns what was written. Lines are ASCII. */
export async function writeLines(
  path: string,
  next: LineSource,
  limit: { readonly lines: number; readonly bytes?: number },
): Promise<{ readonly lines: number; readonly bytes: number }> {
  const file: FileHandle = await open(path, "w", 0o600);
  let lines = 0;
  let bytes = 0;
  try {
    let piece = "";
    while (lines < limit.lines && bytes + piece.length < (limit.bytes ?? Infinity)) {
      piece += next();
      lines++;
      if (piece.length < PIECE_CHARACTERS) continue;
      await file.write(piece, null, "latin1");
      bytes += piece.length;
      piece = "";
    }
    await file.write(piece, null, "latin1");
    bytes += piece.length;
  } finally {
    await file.close();
  }
  return { lines, bytes };
}
