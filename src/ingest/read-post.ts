import { StillwatchError } from "../core/errors.ts";
import type { Damage } from "./damage.ts";
import { exchangeProblem } from "./exchange-problem.ts";
import type { LineBlock } from "./inspect-block.ts";
import type { JournalLines } from "./journal.ts";
import { readExchanges } from "./read-exchanges.ts";
import type { Reading } from "./translate-record.ts";

/** What a post holds: lines to be taken, and those that cannot be. */
export interface Post extends JournalLines {
  readonly refused: number;
  /** The first 100; `line` counts from 1 within the post. */
  readonly refusals: readonly PostRefusal[];
  /** Records that are rightly there and are no exchange, by what they are. */
  readonly aside: Readonly<Record<string, number>>;
}

/** A line that is not taken, and why; never its text. */
export interface PostRefusal {
  readonly line: number;
  readonly reason: string;
}

/** How many refused lines an answer names. */
export const SHOWN_REFUSALS = 100;
/** Lines of a post, empty ones too: what is refused costs time as well, and packs well. */
const MOST_LINES = 1_000_000;
const NEWLINE = 0x0a;
const SPACE = 0x20;

/**
 * Reads a post to its end, in any format that is known. Every line is judged for itself; a bad one costs no other.
 * Throws SW_TOO_MANY_LINES.
 */
export async function readPost(
  chunks: AsyncIterable<Buffer | Damage>,
  { reading, now }: { readonly reading: Reading; readonly now: Date },
): Promise<Post> {
  const texts: Buffer[] = [];
  const refusals: PostRefusal[] = [];
  const aside: Record<string, number> = {};
  let [rows, refused, line, seen] = [0, 0, 1, 0];
  const onAside = (what: string): void => {
    aside[what] = (aside[what] ?? 0) + 1;
  };
  const refuse = (at: number, reason: string): void => {
    refused++;
    if (refusals.length < SHOWN_REFUSALS) refusals.push({ line: at, reason });
  };
  for await (const block of readExchanges(chunks, { ...reading, onAside })) {
    seen += block.lines;
    if (seen > MOST_LINES) throw new StillwatchError("SW_TOO_MANY_LINES", { most: MOST_LINES });
    const { kept, problems } = checkBlock(block, now);
    rows += kept.length;
    texts.push(kept.length === block.lines ? block.bytes : Buffer.concat(kept));
    for (const { row, reason } of problems) {
      refuse(line + (block.origin?.ofRow[row] ?? row), reason);
    }
    line += block.origin?.lines ?? block.lines;
  }
  return { texts, rows, refused, refusals, aside };
}

/** The rows of a block that can be taken, with their line ends, and what is wrong with the others; empty rows are neither. */
function checkBlock(
  { bytes, rejections }: LineBlock,
  now: Date,
): {
  readonly kept: readonly Buffer[];
  readonly problems: readonly { readonly row: number; readonly reason: string }[];
} {
  const known = new Map(rejections.map(({ line, reason }) => [line, reason]));
  const kept: Buffer[] = [];
  const problems: { readonly row: number; readonly reason: string }[] = [];
  let row = 0;
  for (let start = 0, end: number; (end = bytes.indexOf(NEWLINE, start)) >= 0; row++) {
    const text = bytes.subarray(start, end + 1);
    start = end + 1;
    const refused = known.get(row);
    if (refused === undefined && !text.some((byte) => byte > SPACE)) continue;
    const reason = refused ?? lineProblem(text, now);
    if (reason === "") kept.push(text);
    else problems.push({ row, reason });
  }
  return { kept, problems };
}

function lineProblem(text: Buffer, now: Date): string {
  let value: unknown;
  try {
    value = JSON.parse(text.toString("utf8"));
  } catch {
    return "not valid JSON, or nested too deeply";
  }
  return exchangeProblem(value, now);
}
