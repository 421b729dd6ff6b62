import type { Damage } from "./damage.ts";
import { readLines } from "./read-lines.ts";

/** A line as text, or why it cannot be read. `line` counts from 1. */
export type TextLine =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly reason: string };

/** Lines of a small file one by one, empty ones left out. Same refusals as `readLines`. */
export async function* readTextLines(
  chunks: AsyncIterable<Buffer | Damage>,
): AsyncGenerator<TextLine> {
  let line = 1;
  for await (const block of readLines(chunks)) {
    const reasons = new Map(block.rejections.map((refused) => [refused.line, refused.reason]));
    const texts = block.bytes.toString("utf8").split("\n");
    for (let i = 0; i < block.lines; i++) {
      const reason = reasons.get(i);
      const text = texts[i] ?? "";
      if (reason !== undefined) yield { line: line + i, reason };
      else if (text.trim() !== "") yield { line: line + i, text };
    }
    line += block.lines;
  }
}
