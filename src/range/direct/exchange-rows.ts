import type { Draft, Message } from "../world.ts";
import { usageOf } from "../wire/render-exchange.ts";
import { readingOf } from "./conversation-of.ts";
import { ExchangeKeys, type Sent } from "./exchange-keys.ts";
import type { Print } from "./mix.ts";
import { NativeBlock } from "./native-block.ts";

/** Bytes of a prompt, and of a system prompt, that are searched for what is asked. */
const ASKED = { prompt: 16_000, system: 4000 };
/** `exchanges.finish`. */
const FINISHED = { stop: 1, calls: 3 };

/** Exchanges as rows of a Native block: what `accept-composed.sql` reads. */
export interface ExchangeRows {
  /** `id` is two 32-bit numbers that no other exchange has. */
  push(draft: Draft, id: Print, time: number): void;
  readonly rows: () => number;
  /** The block so far, which begins anew; good until the next push. */
  take(): Uint8Array[];
}

/** Starts rows whose fingerprints are keyed with `secret`. */
export function exchangeRows(secret: Print): ExchangeRows {
  const block = new NativeBlock();
  const time = block.wide("time", "DateTime64(3, 'UTC')");
  const id = block.strings("id");
  const account = block.strings("account");
  const organization = block.strings("organization");
  const credential = block.strings("credential");
  const endUser = block.strings("end_user");
  const platform = block.shared("platform");
  const region = block.shared("region");
  const model = block.shared("model");
  const asked = block.shared("asked");
  const script = block.numbers("script", "UInt8");
  const turn = block.numbers("turn", "UInt16");
  const keys = new ExchangeKeys(secret, {
    chain: block.wide("chain", "UInt64"),
    parent: block.wide("parent", "UInt64"),
    keys: block.list("keys", "Array(UInt64)"),
    tokens: block.list("tokens", "Array(UInt16)"),
    presented: block.list("presented", "Array(UInt64)"),
    issued: block.list("issued", "Array(UInt64)"),
  });
  const marks = block.numbers("marks", "UInt32");
  const promptBytes = block.numbers("prompt_bytes", "UInt32");
  const answerBytes = block.numbers("answer_bytes", "UInt32");
  const mostTokens = block.numbers("max_tokens", "UInt32");
  const input = block.numbers("input", "UInt32");
  const cached = block.numbers("cached", "UInt32");
  const output = block.numbers("output", "UInt32");
  const reasoning = block.numbers("reasoning", "UInt32");
  const choices = block.numbers("choices", "UInt8");
  const finish = block.numbers("finish", "UInt8");
  let rows = 0;
  let blocks = 0;
  /** What a message alone asks stands once in a block, however often it is sent. */
  const pushAsked = ({ system }: Draft, { prompt, only }: Sent): void => {
    if (system === undefined && only?.asked?.block === blocks)
      return asked.pushPlace(only.asked.place);
    const place = asked.pushNew(askedOf(system, prompt));
    if (system === undefined && only !== undefined) only.asked = { block: blocks, place };
  };
  return {
    rows: () => rows,
    push(draft, name, at) {
      rows++;
      time.push(at >>> 0, Math.floor(at / 4294967296));
      id.pushName("ex_", name.high, name.low);
      account.pushKnown(draft.account);
      organization.pushKnown(draft.organization ?? "");
      credential.pushKnown(draft.credential);
      endUser.pushKnown(draft.endUser ?? "");
      platform.push(draft.platform);
      region.push(draft.region);
      model.push(draft.model);
      const sent = keys.push(draft);
      script.push(sent.script);
      turn.push(sent.turn);
      marks.push(sent.marks);
      pushAsked(draft, sent);
      const sizeOf = (message: Message): number => readingOf(keys.room, message).bytes;
      const usage = usageOf(draft, sizeOf);
      promptBytes.push(sent.promptBytes);
      answerBytes.push(sizeOf(draft.answer) + thoughtBytes(draft));
      mostTokens.push(draft.settings["maxTokens"] ?? (draft.dialect === "anthropic" ? 4096 : 0));
      input.push(usage.input);
      cached.push(usage.cached);
      output.push(usage.output);
      reasoning.push(usage.reasoning);
      choices.push(draft.settings["n"] ?? 1);
      finish.push(finishOf(draft));
    },
    take() {
      const taken = block.take(rows);
      rows = 0;
      blocks++;
      return taken;
    },
  };
}

/** What is searched for intents: the system prompt and the prompt, as the intake does. */
function askedOf(system: string | undefined, prompt: string): string {
  const text = prompt.length > ASKED.prompt ? prompt.slice(0, ASKED.prompt) : prompt;
  return system === undefined ? text : `${system.slice(0, ASKED.system)}\n${text}`;
}

/** A thought stands among an answer's parts in Gemini's format only. */
function thoughtBytes({ dialect, answer }: Draft): number {
  if (dialect !== "gemini" || answer.reasoning === undefined) return 0;
  return Buffer.byteLength(answer.reasoning.text);
}

/** The two chat dialects that say so finish otherwise where a tool is called. */
function finishOf({ dialect, answer }: { dialect: Draft["dialect"]; answer: Message }): number {
  const says = dialect === "openai-chat" || dialect === "anthropic";
  return says && answer.calls !== undefined ? FINISHED.calls : FINISHED.stop;
}
