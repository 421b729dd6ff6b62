import { LOOKALIKES } from "../../src/range/lookalikes/catalog.ts";
import { mergeByTime } from "../../src/range/merge-by-time.ts";
import { makeRandom } from "../../src/range/random.ts";
import { DAY, type AccountLine, type Draft, type Part, type Span } from "../../src/range/world.ts";

/** A draft with its time. */
export interface Sent {
  readonly time: number;
  readonly draft: Draft;
}

/** A family on its own in a small world. */
export interface SmallWorld {
  readonly span: Span;
  readonly part: Part;
  readonly sent: readonly Sent[];
  readonly lines: ReadonlyMap<string, AccountLine>;
}

const UNTIL = Date.UTC(2026, 10, 20);

/** Makes the family named `family`, and takes its traffic. */
export function runLookalike(family: string, { scale = 0.5, days = 9, seed = 1 } = {}): SmallWorld {
  const maker = LOOKALIKES.find((known) => known.family === family);
  if (maker === undefined) throw new RangeError(`no family named ${family}`);
  const span = { from: UNTIL - days * DAY, until: UNTIL };
  const part = maker.make(makeRandom(`lookalike ${seed}`), { span, id: "x", scale });
  const sent = [...mergeByTime(part.actors)].filter(({ time }) => time < span.until);
  const lines = new Map<string, AccountLine>();
  for (const line of part.accounts) if (!lines.has(line.account)) lines.set(line.account, line);
  return { span, part, sent, lines };
}

/** The values that `of` gives, by the key that `by` gives. */
export function collect<K, V>(
  sent: readonly Sent[],
  by: (one: Sent) => K,
  of: (one: Sent) => V,
): Map<K, V[]> {
  const out = new Map<K, V[]>();
  for (const one of sent) {
    const list = out.get(by(one));
    if (list === undefined) out.set(by(one), [of(one)]);
    else list.push(of(one));
  }
  return out;
}

/** The first message of the conversation. */
export const opening = ({ draft }: Sent): string => draft.messages[0]!.text;
/** The account. */
export const account = ({ draft }: Sent): string => draft.account;
/** The block of 256 addresses. */
export const block = ({ draft }: Sent): string => draft.client.ip.replace(/\.\d+$/, "");

/** How many exchanges present, as their own history, an answer that was issued to another account; and how many one that was issued to nobody. */
export function echoes(sent: readonly Sent[]): {
  readonly foreign: number;
  readonly unknown: number;
} {
  const owners = new Map<string, string>();
  let foreign = 0;
  let unknown = 0;
  for (const { draft } of sent) {
    const earlier = draft.messages.filter((m) => m.role === "assistant" && m.text.length > 60);
    const of = earlier.map((message) => owners.get(message.text));
    if (of.some((owner) => owner !== undefined && owner !== draft.account)) foreign++;
    if (of.includes(undefined)) unknown++;
    owners.set(draft.answer.text, draft.account);
  }
  return { foreign, unknown };
}

/** Texts that at least two accounts open a conversation with, and all that open one. */
export function sharedOpenings(sent: readonly Sent[]): {
  readonly shared: number;
  readonly all: number;
} {
  const holders = collect(sent, opening, account);
  const shared = [...holders.values()].filter((accounts) => new Set(accounts).size > 1).length;
  return { shared, all: holders.size };
}
