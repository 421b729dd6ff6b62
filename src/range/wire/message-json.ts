import type { Message } from "../world.ts";

/** What is made once of a message and used by every later request that carries it. */
interface Made {
  /** The message it was made of: a copy with changes made by spreading carries its original's. */
  readonly of: Message;
  /** UTF-8 bytes of the text. */
  readonly bytes: number;
  /** The text as a JSON string. */
  readonly text: string;
  /** The whole message in a dialect's shape. */
  /** The whole message in the dialect's shape that was asked for last, and which that was. */
  json: string;
  write: Writer | undefined;
}

/** Writes a message in a dialect's shape; `text` is its text as a JSON string. */
export type Writer = (message: Message, text: string) => string;

/** Kept on the message itself: a weak map of millions costs more in garbage collection than it saves. */
const MADE = Symbol("made");

/** The message as `write` gives it. A conversation's history is sent again with every turn: each message is written once. */
export function messageJson(message: Message, write: Writer): string {
  const known = madeOf(message);
  if (known.write !== write) {
    known.json = write(message, known.text);
    known.write = write;
  }
  return known.json;
}

/** Messages from `first` on as `write` gives them, with commas between. */
export function messagesJson(messages: readonly Message[], write: Writer, first = 0): string {
  let out = "";
  for (let i = first; i < messages.length; i++) {
    const json = messageJson(messages[i] as Message, write);
    out += i === first ? json : `,${json}`;
  }
  return out;
}

/** UTF-8 bytes of the message's text. */
export function textBytes(message: Message): number {
  return madeOf(message).bytes;
}

function madeOf(message: Message & { [MADE]?: Made }): Made {
  const known = message[MADE];
  if (known?.of === message) return known;
  return (message[MADE] = {
    of: message,
    bytes: Buffer.byteLength(message.text),
    text: JSON.stringify(message.text),
    write: undefined,
    json: "",
  });
}

const whole = new WeakMap<object, Map<unknown, string>>();

/** The JSON of something that many requests carry as it is (tools, settings, a client); written once by each `write`. */
export function onceJson<T extends object>(value: T, write: (value: T) => string): string {
  let known = whole.get(value);
  if (known === undefined) whole.set(value, (known = new Map()));
  let json = known.get(write);
  if (json === undefined) known.set(write, (json = write(value)));
  return json;
}

/** `,"name":value` for every entry, so that it can follow another member. */
export function members(entries: Readonly<Record<string, unknown>>): string {
  let out = "";
  for (const [name, value] of Object.entries(entries))
    if (value !== undefined) out += `,"${name}":${JSON.stringify(value)}`;
  return out;
}
