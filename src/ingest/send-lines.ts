import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";

/** Where lines are sent, and who hears of it. */
export interface SendLinesOptions {
  readonly url: URL;
  readonly token?: string;
  /** Ends the waiting for a receiver: what was being sent is given up. */
  readonly signal: AbortSignal;
  /** Hears how many lines were taken and refused. */
  readonly onAnswer: (answer: LinesAnswer) => void;
  /** Hears that the receiver asked to wait or could not be reached, and why. */
  readonly onWait: (reason: string) => void;
}

const answerShape = z.object({
  taken: z.number(),
  refused: z.number(),
  refusals: z.array(z.object({ line: z.number(), reason: z.string() })),
});
/** What a receiver said of lines. */
export type LinesAnswer = z.infer<typeof answerShape>;

const TIMEOUT_MS = 120_000;
const LEAST_WAIT_MS = 1_000;
const MOST_WAIT_MS = 60_000;
/** Answers after which the same lines may be taken later. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Sends lines to `stillwatch serve` until it has taken them: where it asks to wait or can't be reached they are sent
 * again, as it says or after one second, two, four, up to a minute. Throws SW_SEND_FAILED where sending again would
 * not help, or where the signal ended the waiting.
 */
export function sendLines(options: SendLinesOptions): (lines: Buffer) => Promise<void> {
  return async (lines) => {
    for (let patience = LEAST_WAIT_MS; ; patience = Math.min(2 * patience, MOST_WAIT_MS)) {
      const { reason, waitMs = patience } = await post(lines, options);
      if (reason === undefined) return;
      if (options.signal.aborted) throw failed(options.url, reason);
      options.onWait(reason);
      await wait(waitMs, undefined, { signal: options.signal }).catch(() => {});
    }
  };
}

/** Posts once. No reason: taken. */
async function post(
  lines: Buffer,
  { url, token, onAnswer }: SendLinesOptions,
): Promise<{ readonly reason?: string; readonly waitMs?: number }> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-ndjson",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: new Uint8Array(lines),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
    return { reason: cause?.code ?? (error as Error).name };
  }
  const said = answerShape.safeParse(await answer.json().catch(() => undefined));
  // 422: none of the lines can be taken, now or later.
  if ((answer.ok || answer.status === 422) && said.success) {
    onAnswer(said.data);
    return {};
  }
  const reason = `it answered ${answer.status}`;
  if (!PASSING.has(answer.status)) throw failed(url, reason);
  const seconds = Number(answer.headers.get("retry-after") ?? Number.NaN);
  return seconds > 0 ? { reason, waitMs: seconds * 1_000 } : { reason };
}

function failed(url: URL, reason: string): StillwatchError {
  return new StillwatchError("SW_SEND_FAILED", { url: url.origin + url.pathname, reason });
}
