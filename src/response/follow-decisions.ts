import { setTimeout as wait } from "node:timers/promises";
import { StillwatchError } from "../core/errors.ts";
import type { AuditKey } from "../ledger/audit-key.ts";
import { type DecisionPage, readPage, untrusted } from "./decision-page.ts";
import { readEvents } from "./read-events.ts";

/** A server that decides. */
export interface DecisionServer {
  /** Such as `https://stillwatch.internal`. */
  readonly url: string;
  /** A token of scope `decisions:read`; a server on this machine that has no tokens needs none. */
  readonly token?: string;
}

/** How decisions are followed. */
export interface Following {
  /** Whose signatures are believed. */
  readonly keys: readonly AuditKey[];
  /** Hears of what changed; of all there is where `isAll`, so that what was known before is to be dropped. */
  readonly onPage: (page: DecisionPage, isAll: boolean) => void;
  /** Hears of what went wrong. It is tried again, after a quarter of a second at first and 10 seconds at most. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  readonly stop: AbortSignal;
}

/** The server says something every 15 seconds. */
const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 250;
const MOST_WAIT_MS = 10_000;

/** Loads all that is decided and then what changes, for as long as it isn't stopped. What nobody trusted signed is dropped. */
export async function followDecisions(
  server: DecisionServer,
  { keys, onPage, onFailure, stop }: Following,
): Promise<void> {
  let at: number | undefined;
  /** Entries that came after it. */
  let taken = 0;
  let newest = Number.NEGATIVE_INFINITY;
  let pause = FIRST_WAIT_MS;
  const take = (text: string, isAll: boolean): number => {
    const page = readPage(text, keys);
    if (isAll && page.since + page.before > 0) throw untrusted("it is not all there is");
    // What was signed once can be sent again, or not at all: whatever doesn't follow is not taken.
    const time = Date.parse(page.time);
    if (time < newest) throw untrusted("it is older than what is known");
    if (!isAll && (page.since !== at || page.before !== taken)) throw gone(at);
    onPage(page, isAll);
    newest = time;
    taken = isAll || page.sequence !== at ? 0 : taken + page.entries.length;
    pause = FIRST_WAIT_MS;
    return page.sequence;
  };
  while (!stop.aborted) {
    try {
      at ??= take(await loadAll(server, stop), true);
      taken = 0;
      for await (const text of laterPages(server, at, stop)) at = take(text, false);
    } catch (error) {
      if (stop.aborted) return;
      // What was missed can't be had any more: all is loaded again.
      if (error instanceof StillwatchError && error.code === "SW_DECISIONS_GONE") at = undefined;
      onFailure?.(error);
    }
    await wait(pause, undefined, { signal: stop }).catch(() => undefined);
    pause = Math.min(pause * 2, MOST_WAIT_MS);
  }
}

/** Asks a server for something under its address, and no other that it might name. Throws SW_DECISIONS_GONE, SW_DECISIONS_UNREACHABLE. */
export async function askServer(
  { url, token }: DecisionServer,
  path: string,
  init: Omit<RequestInit, "headers"> & { readonly headers: Readonly<Record<string, string>> },
): Promise<Response> {
  const headers = {
    ...init.headers,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const unreachable = (reason: string, cause?: unknown): StillwatchError =>
    new StillwatchError("SW_DECISIONS_UNREACHABLE", { url, reason }, cause);
  const answer = await fetch(new URL(path, url), { ...init, headers, redirect: "error" }).catch(
    (cause: unknown) => {
      throw unreachable("no answer", cause);
    },
  );
  if (answer.ok) return answer;
  await answer.body?.cancel();
  if (answer.status === 410) throw gone(init.headers["last-event-id"]);
  throw unreachable(`HTTP ${answer.status}`);
}

async function loadAll(server: DecisionServer, signal: AbortSignal): Promise<string> {
  const headers = { accept: "application/json" };
  return (await askServer(server, "/v1/decisions", { headers, signal })).text();
}

async function* laterPages(
  server: DecisionServer,
  at: number,
  stop: AbortSignal,
): AsyncGenerator<string> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const signal = AbortSignal.any([stop, silence.signal]);
  const headers = { accept: "text/event-stream", "last-event-id": String(at) };
  try {
    const { body } = await askServer(server, "/v1/decisions", { headers, signal });
    for await (const { event, data } of body === null ? [] : readEvents(body)) {
      timer.refresh();
      if (event === "decisions") yield data;
    }
  } finally {
    clearTimeout(timer);
  }
}

function gone(since: number | string = 0): StillwatchError {
  return new StillwatchError("SW_DECISIONS_GONE", { since });
}
