import type { IncomingMessage } from "node:http";
import type { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import type { Route } from "./route.ts";

const MOST_BYTES = 1_000_000;
/** How JSON writes what is no text: a NUL, half a surrogate pair. */
const MAYBE_NO_TEXT = /\\u(0000|d[89a-f])/i;
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** What a request asks, in the shapes of its route. Throws SW_ASKED_INVALID, SW_BODY_NOT_JSON, SW_BODY_TOO_LARGE, SW_BODY_CUT. */
export async function readAsked(
  request: IncomingMessage,
  { query, body }: Route,
): Promise<{ readonly query: unknown; readonly body: unknown }> {
  return {
    query: query && parsed(query, queryOf(request.url ?? ""), "query"),
    body: body && parsed(body, await readJson(request), "body"),
  };
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
  const given = new URLSearchParams(at < 0 ? "" : url.slice(at));
  const names = [...new Set(given.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = given.getAll(name);
      for (const text of [name, ...values]) assertText(text, "query");
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
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
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({
      destroyOnReturn: false,
    }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES)
        throw new StillwatchError("SW_BODY_TOO_LARGE", { megabytes: MOST_BYTES / 1_000_000 });
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof StillwatchError) throw cause;
    throw new StillwatchError("SW_BODY_CUT", {}, cause);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
    return MAYBE_NO_TEXT.test(text) ? JSON.parse(text, textsOnly) : JSON.parse(text);
  } catch (error) {
    if (error instanceof StillwatchError) throw error;
    throw new StillwatchError("SW_BODY_NOT_JSON");
  }
}

function textsOnly(name: string, value: unknown): unknown {
  assertText(name, "body");
  if (typeof value === "string") assertText(value, "body");
  return value;
}
