import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ERRORS, StillwatchError } from "../core/errors.ts";
import type { Damage } from "./damage.ts";
import {
  fingerprintQueue,
  type FingerprintQueue,
  type FingerprintQueueOptions,
  type Post,
} from "./fingerprint-queue.ts";
import type { LineBlock } from "./inspect-block.ts";
import { openSource } from "./open-source.ts";
import { readExchanges } from "./read-exchanges.ts";
import type { Reading } from "./translate-record.ts";

/** Where to listen, and how much may be in memory. */
export interface ForwarderOptions extends FingerprintQueueOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Unpacked bytes of one post; 128 MiB by default. */
  readonly postBytes?: number;
  /** Unpacked bytes of all posts not yet answered; 256 MiB by default. */
  readonly heldBytes?: number;
  /** How lines that may not be our own are read; by default each shows what it is. */
  readonly reading?: Pick<Reading, "dialect" | "map">;
}

/** A listening endpoint. */
export interface Forwarder {
  /** `http://host:port/`. */
  readonly url: string;
  /** Answers what has come, takes no more, and ends. */
  close(): Promise<void>;
}

const CONTENT_TYPE = /^application\/(x-)?(ndjson|jsonl|json-lines|json)\b/i;
const MIB = 1024 * 1024;
const MOST_CONNECTIONS = 256;
const NEWLINE = 0x0a;
const SPACE = 0x20;

/**
 * Listens for posts of exchanges (NDJSON, plain, gzip or zstd), hands on their fingerprints, and answers a post with 200
 * only when the receiver has taken all of it: at least once, so that the receiver tells repeats by id. Otherwise a post
 * is answered with an error and should be sent again; 503 asks to wait. Throws SW_LISTEN_FAILED.
 */
export async function openForwarder(options: ForwarderOptions): Promise<Forwarder> {
  const queue = fingerprintQueue(options);
  const room = makeRoom(options);
  const { reading = {} } = options;
  const server = createServer((request, response) => {
    void answer(request, response, { queue, room, reading });
  });
  await listen(server, options);
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}/`,
    async close() {
      const closed = new Promise((done) => server.close(done));
      await queue.idle();
      await closed;
    },
  };
}

/** Counts the bytes of posts that are held. */
interface Room {
  /** Throws where there is no room for `bytes` more; `ofPost` are all of the same post, with these. */
  take(bytes: number, ofPost: number): void;
  give(bytes: number): void;
}

function makeRoom({ postBytes = 128 * MIB, heldBytes = 256 * MIB }: ForwarderOptions): Room {
  let held = 0;
  return {
    take(bytes, ofPost) {
      if (ofPost > postBytes) {
        const megabytes = Math.floor(postBytes / MIB);
        throw new StillwatchError("SW_BODY_TOO_LARGE", { megabytes });
      }
      if (held + bytes > heldBytes) throw new StillwatchError("SW_BUSY");
      held += bytes;
    },
    give(bytes) {
      held -= bytes;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  {
    queue,
    room,
    reading,
  }: {
    readonly queue: FingerprintQueue;
    readonly room: Room;
    readonly reading: Reading;
  },
): Promise<void> {
  let held = 0;
  try {
    assertPost(request);
    const post = await readPost(request, reading, (bytes) => {
      room.take(bytes, held + bytes);
      held += bytes;
    });
    reply(response, 200, await queue.add(post));
  } catch (error) {
    // What is left of the body is read and dropped, so that the sender comes to read the answer.
    request.resume();
    const known = error instanceof StillwatchError;
    const code = known ? error.code : "SW_UNFORESEEN";
    const message = known ? error.message : "Something went wrong. Send this again.";
    reply(response, known ? ERRORS[error.code].status : 500, { error: { code, message } });
  } finally {
    room.give(held);
  }
}

/** A page in a browser can't send this type without asking first, and asking is refused. */
function assertPost({ method = "", headers }: IncomingMessage): void {
  if (method !== "POST") {
    throw new StillwatchError("SW_METHOD_UNKNOWN", { method, allowed: "POST" });
  }
  if (!CONTENT_TYPE.test(headers["content-type"] ?? "")) {
    throw new StillwatchError("SW_TYPE_UNKNOWN");
  }
}

async function readPost(
  request: IncomingMessage,
  reading: Reading,
  onBytes: (bytes: number) => void,
): Promise<Post> {
  const source = await openSource(request.iterator({ destroyOnReturn: false }), () => {});
  const blocks: LineBlock[] = [];
  let [lines, bytes] = [0, 0];
  for await (const block of readExchanges(counted(source.chunks, onBytes), reading)) {
    blocks.push(block);
    lines += filledLines(block.bytes) + block.rejections.length;
    bytes += block.bytes.length;
  }
  return { blocks, lines, bytes };
}

async function* counted(
  chunks: AsyncIterable<Buffer | Damage>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer | Damage> {
  for await (const chunk of chunks) {
    if (Buffer.isBuffer(chunk)) onBytes(chunk.length);
    yield chunk;
  }
}

/** Lines that hold more than white space. */
function filledLines(bytes: Buffer): number {
  let filled = 0;
  for (let start = 0, end: number; (end = bytes.indexOf(NEWLINE, start)) >= 0; start = end + 1) {
    if (bytes.subarray(start, end).some((byte) => byte > SPACE)) filled += 1;
  }
  return filled;
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    "content-type": "application/json",
    ...(status === 502 || status === 503 ? { "retry-after": "1" } : {}),
  });
  response.end(`${JSON.stringify(body)}\n`);
}

function listen(server: Server, { host, port }: ForwarderOptions): Promise<void> {
  server.maxConnections = MOST_CONNECTIONS;
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const details = { address: `${host}:${port}`, reason: error.code ?? error.message };
      reject(new StillwatchError("SW_LISTEN_FAILED", details, error));
    });
    server.listen(port, host, resolve);
  });
}
