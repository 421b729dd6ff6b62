import type { Readable } from "node:stream";
import { parseError } from "@clickhouse/client";
import { explainFailure } from "./explain-failure.ts";
import type { Call } from "./open-warehouse.ts";

/** As much of an answer's end as can hold the block by which ClickHouse reports an error in the midst of an answer. */
const TAIL_BYTES = 32_768;

/**
 * Streams a SELECT's answer as RowBinary. Throws like every statement; a failure after the first bytes throws after them.
 * Complexity: linear, no copy but of the last 32 kB of a failed answer.
 */
export async function* readBytes(
  call: Call,
  name: string,
  query: string,
  parameters: Readonly<Record<string, unknown>>,
): AsyncGenerator<Buffer, void, undefined> {
  const answer = await call(name, (client) =>
    client.exec({ query: `${query}\nFORMAT RowBinary`, query_params: { ...parameters } }),
  );
  const stream: Readable = answer.stream;
  const tag = answer.response_headers["x-clickhouse-exception-tag"];
  let tail: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      tail = chunk.length >= TAIL_BYTES ? chunk : lastOf(tail, chunk);
      yield chunk;
    }
  } catch (error) {
    const failure = exceptionIn(tail, tag);
    await call(name, () => Promise.reject(failure ?? error));
  } finally {
    stream.destroy();
  }
  const failure = exceptionIn(tail, tag);
  if (failure !== undefined) throw explainFailure(name, failure);
}

function lastOf(tail: Buffer, chunk: Buffer): Buffer {
  return Buffer.concat([tail.subarray(-TAIL_BYTES), chunk]);
}

/** The error at the end of an answer: `\r\n__exception__\r\n TAG \r\n message length TAG \r\n__exception__\r\n`. */
function exceptionIn(tail: Buffer, tag: unknown): Error | undefined {
  if (typeof tag !== "string") return undefined;
  const end = ` ${tag}\r\n__exception__\r\n`;
  if (!tail.subarray(-end.length).equals(Buffer.from(end))) return undefined;
  const start = tail.lastIndexOf(`__exception__\r\n${tag}\r\n`);
  return parseError(tail.subarray(Math.max(start, 0)).toString("utf8"));
}
