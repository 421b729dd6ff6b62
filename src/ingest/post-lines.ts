import { Readable } from "node:stream";
import { StillwatchError } from "../core/errors.ts";

/**
 * A `Deliver` that posts lines to a URL as one NDJSON body, streamed. Resolves when the receiver answered 2xx; redirects
 * are not followed. Throws SW_FORWARD_FAILED. `token` is sent as a bearer token.
 */
export function postLines(
  url: URL,
  token?: string,
): (lines: AsyncIterable<Buffer>) => Promise<void> {
  const headers = {
    "content-type": "application/x-ndjson",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return async (lines) => {
    const body = Readable.from(lines);
    let failure: unknown;
    body.once("error", (error) => {
      failure = error;
    });
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers,
        body: Readable.toWeb(body) as ReadableStream,
        duplex: "half",
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw failed(url, `it answered ${answer.status}`);
      if (!body.readableEnded) throw failed(url, "it answered before it had read everything");
    } catch (error) {
      // What went wrong with the lines themselves is not the receiver's doing.
      throw (
        failure ?? (error instanceof StillwatchError ? error : failed(url, reasonOf(error), error))
      );
    } finally {
      body.destroy();
    }
  };
}

/** How long a receiver may take for one batch. */
const TIMEOUT_MS = 120_000;

function failed(url: URL, reason: string, cause?: unknown): StillwatchError {
  // Without its query: it may hold a token.
  return new StillwatchError(
    "SW_FORWARD_FAILED",
    { url: url.origin + url.pathname, reason },
    cause,
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return (error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.name;
}
