import { StillwatchError } from "../core/errors.ts";
import { cutValues } from "./cut-values.ts";
import type { Damage } from "./damage.ts";
import { detectDialect, recordsIn } from "./detect-dialect.ts";
import type { JsonRecord } from "./dialects/json-record.ts";
import { openSource, readFileChunks } from "./open-source.ts";
import { peek } from "./read-exchanges.ts";
import { readTextLines } from "./read-text-lines.ts";

/** The first records of a file, at most `most` of them; what cannot be read is left out. Throws SW_INPUT_* and, for Parquet, SW_INPUT_UNREADABLE. */
export async function sampleRecords(path: string, most: number): Promise<readonly JsonRecord[]> {
  const source = await openSource(readFileChunks(path), () => {});
  if (source.packing === "parquet") {
    const reason = "Parquet is not sampled; write a few of its rows as JSON, one object a line";
    throw new StillwatchError("SW_INPUT_UNREADABLE", { path, reason });
  }
  const records: JsonRecord[] = [];
  for await (const text of texts(source.chunks)) {
    records.push(...recordsIn(text));
    if (records.length >= most) break;
  }
  return records.slice(0, most);
}

async function* texts(chunks: AsyncIterable<Buffer | Damage>): AsyncGenerator<string> {
  const { head, all } = await peek(chunks);
  if (detectDialect(head).layout === "lines") {
    for await (const line of readTextLines(all)) if ("text" in line) yield line.text;
    return;
  }
  for await (const values of cutValues(all)) {
    for (const value of values) if ("bytes" in value) yield value.bytes.toString("utf8");
  }
}
