import type { IncomingMessage } from "node:http";
import { StillwatchError } from "../core/errors.ts";
import type { Damage } from "../ingest/damage.ts";
import { openSource } from "../ingest/open-source.ts";
import type { BodyRoom } from "./body-room.ts";

/** The types that bodies of lines go by; a page in a browser can't send one without asking first, and asking is refused. */
export const LINES_TYPE = /^application\/(x-)?(ndjson|jsonl|json-lines|json)\s*(;|$)/i;

/** How a body is read. */
export interface BodyOptions {
  readonly room: BodyRoom;
  readonly type: RegExp;
  /** Hears of every unpacked byte, also of a body that is refused in the end. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Reads a body of a type, plain, gzip or zstd, told by its first bytes. What `use` has read counts as held until it is
 * done. Throws SW_TYPE_UNKNOWN, SW_BODY_TOO_LARGE, SW_BUSY, and SW_BODY_CUT where the sender went away.
 */
export async function withBody<T>(
  request: IncomingMessage,
  { room, type, onBytes }: BodyOptions,
  use: (chunks: AsyncIterable<Buffer | Damage>) => Promise<T>,
): Promise<T> {
  if (!type.test(request.headers["content-type"] ?? "")) {
    throw new StillwatchError("SW_TYPE_UNKNOWN");
  }
  const own = room.open();
  try {
    const source = await openSource(whole(request), (bytes) => own.pass(bytes));
    if (source.packing === "parquet" || source.packing === "unsupported") {
      throw new StillwatchError("SW_TYPE_UNKNOWN");
    }
    return await use(
      counted(source.chunks, (bytes) => {
        own.take(bytes);
        onBytes(bytes);
      }),
    );
  } finally {
    own.close();
  }
}

async function* whole(request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch (cause) {
    throw new StillwatchError("SW_BODY_CUT", {}, cause);
  }
}

async function* counted(
  chunks: AsyncIterable<Buffer | Damage>,
  take: (bytes: number) => void,
): AsyncGenerator<Buffer | Damage> {
  for await (const chunk of chunks) {
    if (Buffer.isBuffer(chunk)) take(chunk.length);
    yield chunk;
  }
}
