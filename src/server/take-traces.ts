import type { IncomingMessage } from "node:http";
import { StillwatchError } from "../core/errors.ts";
import type { Damage } from "../ingest/damage.ts";
import { otlp } from "../ingest/dialects/otlp.ts";
import { NotProtobuf, resourceSpansIn } from "../ingest/dialects/otlp-protobuf.ts";
import { readPost } from "../ingest/read-post.ts";
import type { IntakeRoutesOptions } from "./intake-routes.ts";
import type { Answer } from "./route.ts";
import { takeBody } from "./take-body.ts";
import type { TokenRecord } from "./tokens.ts";

const TRACES_TYPE = /^application\/(json|x-protobuf)\s*(;|$)/i;
const PROTOBUF = "application/x-protobuf";

/** Takes spans as OTLP/HTTP has them, in JSON or protobuf; the answer is of the same kind. */
export async function takeTraces(
  request: IncomingMessage,
  token: TokenRecord | undefined,
  options: IntakeRoutesOptions,
): Promise<Answer> {
  const { intake, now } = options;
  const binary = request.headers["content-type"]?.toLowerCase().startsWith(PROTOBUF) === true;
  const incoming = { request, token, type: TRACES_TYPE, last: false };
  return takeBody(incoming, options, async (chunks, onLines) => {
    const lines = binary ? jsonLines(chunks) : chunks;
    const post = await readPost(lines, { reading: { dialect: otlp }, now: now() });
    const { rows, refused, refusals } = post;
    onLines(rows + refused);
    await intake.take(post);
    const reasons = [...new Set(refusals.map(({ reason }) => reason))].join("; ");
    if (binary) return { status: 200, bytes: exportAnswer(refused, reasons), type: PROTOBUF };
    const partialSuccess = { rejectedSpans: String(refused), errorMessage: reasons };
    return { status: 200, body: refused === 0 ? {} : { partialSuccess } };
  });
}

/** A protobuf body as lines of OTLP's JSON, one a resource. Throws SW_SPANS_UNREADABLE. */
async function* jsonLines(chunks: AsyncIterable<Buffer | Damage>): AsyncGenerator<Buffer> {
  const pieces: Buffer[] = [];
  for await (const chunk of chunks) {
    if (!Buffer.isBuffer(chunk)) throw unreadable(chunk.damage);
    pieces.push(chunk);
  }
  try {
    for (const one of resourceSpansIn(Buffer.concat(pieces))) {
      yield Buffer.from(`${JSON.stringify({ resourceSpans: [one] })}\n`);
    }
  } catch (error) {
    throw error instanceof NotProtobuf ? unreadable(error.message) : error;
  }
}

function unreadable(reason: string): StillwatchError {
  return new StillwatchError("SW_SPANS_UNREADABLE", { reason });
}

/** An ExportTraceServiceResponse: `partial_success` (1) with `rejected_spans` (1) and `error_message` (2), or nothing. */
function exportAnswer(rejected: number, reasons: string): Buffer {
  if (rejected === 0) return Buffer.alloc(0);
  const message = Buffer.from(reasons);
  const partial = Buffer.concat([
    Buffer.from([0x08, ...varint(rejected), 0x12, ...varint(message.length)]),
    message,
  ]);
  return Buffer.concat([Buffer.from([0x0a, ...varint(partial.length)]), partial]);
}

function varint(number: number): readonly number[] {
  return number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))];
}
