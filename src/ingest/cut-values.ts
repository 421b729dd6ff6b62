import type { Damage } from "./damage.ts";
import { MAX_DEPTH, MAX_LINE_BYTES, MAX_NODES, TOO_MANY_NODES } from "./inspect-block.ts";
import { withoutMark } from "./read-lines.ts";

/** A value of a JSON document, or why there is none. `line` is where it begins, from 1. */
export type CutValue =
  | { readonly line: number; readonly bytes: Buffer }
  | { readonly line: number; readonly reason: string };

const TOO_LONG =
  "a JSON value is longer than 64 MB: export it in smaller files, or with one record a line";
const TOO_DEEP = "nested deeper than 1,000 levels";
const UNFINISHED = "the JSON document ends in the middle of a value";

const [NEWLINE, QUOTE, ESCAPE, COMMA] = [0x0a, 0x22, 0x5c, 0x2c];
const [BRACKET, CLOSING_BRACKET, BRACE, CLOSING_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Cuts JSON that is not one record a line into its values: documents over several lines, one after another, and
 * the elements of an outermost array. Nothing is decoded. Memory: one value of at most 64 MB, whatever the size
 * of the array. Complexity: a scan byte by byte.
 */
export async function* cutValues(
  chunks: AsyncIterable<Buffer | Damage>,
): AsyncGenerator<readonly CutValue[]> {
  const cut = valueCutter();
  for await (const chunk of withoutMark(chunks)) {
    if (Buffer.isBuffer(chunk)) yield cut.take(chunk);
    else {
      yield [{ line: cut.line(), reason: chunk.damage }];
      return;
    }
  }
  yield cut.finish();
}

interface ValueCutter {
  /** Line of the value that is begun, else of the end so far. */
  line(): number;
  take(chunk: Buffer): readonly CutValue[];
  finish(): readonly CutValue[];
}

function problemOf(bytes: number, deepest: number, nodes: number): string {
  if (bytes > MAX_LINE_BYTES) return TOO_LONG;
  if (deepest > MAX_DEPTH) return TOO_DEEP;
  return nodes > MAX_NODES ? TOO_MANY_NODES : "";
}

function valueCutter(): ValueCutter {
  /** Depth at which values stand: 1 within an outermost array. */
  let base = 0;
  let depth = 0;
  let deepest = 0;
  let nodes = 0;
  let inText = false;
  let escaped = false;
  let begun = false;
  let line = 1;
  let startLine = 1;
  let held: Buffer[] = [];
  let heldBytes = 0;

  const hold = (bytes: Buffer): void => {
    heldBytes += bytes.length;
    if (heldBytes > MAX_LINE_BYTES) held = [];
    else held.push(bytes);
  };
  const complete = (): CutValue => {
    const reason = problemOf(heldBytes, deepest, nodes);
    const bytes = Buffer.concat(held);
    held = [];
    heldBytes = 0;
    deepest = 0;
    nodes = 0;
    begun = false;
    return reason === "" ? { line: startLine, bytes } : { line: startLine, reason };
  };

  return {
    line: () => (begun ? startLine : line),
    take(chunk) {
      const values: CutValue[] = [];
      let start = 0;
      const begin = (at: number): void => {
        begun = true;
        start = at;
        startLine = line;
      };
      const end = (at: number): void => {
        hold(chunk.subarray(start, at));
        values.push(complete());
      };
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at] ?? 0;
        if (byte === NEWLINE) line++;
        if (inText) {
          if (escaped) escaped = false;
          else if (byte === ESCAPE) escaped = true;
          else if (byte === QUOTE) inText = false;
        } else if (byte === QUOTE) {
          inText = true;
          if (!begun) begin(at);
        } else if (byte === BRACE || byte === BRACKET) {
          if (byte === BRACKET && depth === 0 && !begun) base = 1;
          else if (!begun) begin(at);
          depth++;
          nodes++;
          if (depth > deepest) deepest = depth;
        } else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) {
          if (begun && depth === base) end(at);
          if (depth > 0) depth--;
          if (begun && depth === base) end(at + 1);
          if (depth === 0) base = 0;
        } else if (byte === COMMA || byte <= 0x20) {
          if (begun && depth === base) end(at);
        } else if (!begun) begin(at);
      }
      if (begun) hold(chunk.subarray(start));
      return values;
    },
    finish() {
      if (!begun) return [];
      const unfinished = depth > base || inText;
      const value = complete();
      return [unfinished ? { line: value.line, reason: UNFINISHED } : value];
    },
  };
}
