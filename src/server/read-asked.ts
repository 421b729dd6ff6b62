import type { IncomingMessage } from "node:http";
import type { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import type { Route } from "./route.ts";

const MOST_BYTES = 1_000_000;
const NOTHING = Buffer.alloc(0);
const UTF8 = new TextDecoder("utf-8", { fatal: true });
/** How JSON writes what is no text: a NUL, half a surrogate pair. */
const MAYBE_NO_TEXT = /\\u(0000|d[89a-f])/i;
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** What is asked after `?`, in the shape of its route; without one it is not read. Throws SW_ASKED_INVALID. */
export function queryAsked({ url = "" }: IncomingMessage, { query }: Route): unknown {
  return query && parsed(query, queryOf(url), "query");
}

/** What is asked in a body of JSON, in the shape of its route. Throws SW_ASKED_INVALID, SW_BODY_NOT_JSON, SW_BODY_TOO_LARGE, SW_BODY_CUT. */
export async function bodyAsked(request: IncomingMessage, { body }: Route): Promise<unknown> {
  return body && parsed(body, await readJson(request), "body");
}

function parsed(shape: z.ZodType, given: unknown, part: string): unknown {
  const result = shape.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = [part, ...(issue?.path ?? [])].join(".");
  throw new StillwatchError("SW_ASKED_INVALID", { where, reason: issue?.message ?? "" });
}

/** The parameters after `?`; one given twice is a list, which no shape takes by accident. */
function queryOf(url: string): Readonly<Record<string, string | readonly string[]>> {
  const at = url.indexOf("?");
  const given = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(at < 0 ? "" : url.slice(at))) {
    assertText(name, "query");
    assertText(value, "query");
    const before = given.get(name);
    if (before === undefined) given.set(name, value);
    else if (typeof before === "string") given.set(name, [before, value]);
    else before.push(value);
  }
  return Object.fromEntries(given);
}

/** Not every store can keep a NUL, and half a surrogate pair can't be hashed. */
function assertText(text: string, where: string): void {
  if (text.isWellFormed() && !text.includes("\0")) return;
  const reason = "it holds a NUL, or half of a character";
  throw new StillwatchError("SW_ASKED_INVALID", { where, reason });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!JSON_TYPE.test(request.headers["content-type"] ?? ""))
    throw new StillwatchError("SW_BODY_NOT_JSON");
  const bytes = await bytesOf(request);
  try {
    const text = UTF8.decode(bytes);
    return MAYBE_NO_TEXT.test(text) ? JSON.parse(text, textsOnly) : JSON.parse(text);
  } catch (error) {
    if (error instanceof StillwatchError) throw error;
    throw new StillwatchError("SW_BODY_NOT_JSON");
  }
}

/** By events, which cost a small body less than being iterated. */
function bytesOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) chunks.push(chunk);
      else reject(new StillwatchError("SW_BODY_TOO_LARGE", { megabytes: MOST_BYTES / 1_000_000 }));
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", (cause) => reject(new StillwatchError("SW_BODY_CUT", {}, cause)));
    // An empty one has ended before it could be heard.
    if (request.readableEnded) resolve(NOTHING);
  });
}

function textsOnly(name: string, value: unknown): unknown {
  assertText(name, "body");
  if (typeof value === "string") assertText(value, "body");
  return value;
}
