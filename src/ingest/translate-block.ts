import { isUtf8 } from "node:buffer";
import type { CutValue } from "./cut-values.ts";
import type { BlockRejection, LineBlock } from "./inspect-block.ts";
import { type Reading, type Row, translateRecord } from "./translate-record.ts";

/** Text handed on together, in characters. */
const BLOCK_CHARACTERS = 4 * 1024 * 1024;
/** What a row costs beside its text. */
const ROW_CHARACTERS = 64;

/** A block of lines as the warehouse reads them. A line that is set aside leaves an empty row. */
export function translateLines(block: LineBlock, reading: Reading): LineBlock {
  const refused = new Map(block.rejections.map(({ line, reason }) => [line, reason]));
  const lines = block.bytes.toString("utf8").split("\n");
  const gathered = gather();
  for (let line = 0; line < block.lines; line++) {
    const reason = refused.get(line);
    const text = lines[line] ?? "";
    if (reason !== undefined) gathered.add(line, [{ reason }]);
    else gathered.add(line, text.trim() === "" ? [] : translateRecord(text, reading));
  }
  return gathered.block(block.lines);
}

/** Values of a document as blocks of lines; each row's line is the one on which its value begins. */
export async function* translateValues(
  values: AsyncIterable<readonly CutValue[]>,
  reading: Reading,
): AsyncGenerator<LineBlock> {
  let base = 1;
  let gathered = gather();
  let last = base;
  for await (const some of values) {
    for (const value of some) {
      last = value.line;
      gathered.add(last - base, rowsOf(value, reading));
      if (gathered.characters() < BLOCK_CHARACTERS) continue;
      yield gathered.block(last - base);
      base = last;
      gathered = gather();
    }
  }
  yield gathered.block(last - base);
}

function rowsOf(value: CutValue, reading: Reading): readonly Row[] {
  if ("reason" in value) return [value];
  if (!isUtf8(value.bytes)) return [{ reason: "not valid UTF-8" }];
  return translateRecord(value.bytes.toString("utf8"), reading);
}

interface Gathered {
  add(line: number, rows: readonly Row[]): void;
  characters(): number;
  block(sourceLines: number): LineBlock;
}

function gather(): Gathered {
  const texts: string[] = [];
  const ofRow: number[] = [];
  const rejections: BlockRejection[] = [];
  let characters = 0;
  const push = (line: number, text: string): void => {
    characters += text.length + ROW_CHARACTERS;
    texts.push(text);
    ofRow.push(line);
  };
  return {
    add(line, rows) {
      if (rows.length === 0) push(line, "");
      for (const row of rows) {
        if ("reason" in row) rejections.push({ line: texts.length, reason: row.reason });
        push(line, "reason" in row ? "" : row.text);
      }
    },
    characters: () => characters,
    block(sourceLines) {
      texts.push("");
      const bytes = Buffer.from(texts.join("\n"));
      return { bytes, lines: ofRow.length, rejections, origin: { lines: sourceLines, ofRow } };
    },
  };
}
