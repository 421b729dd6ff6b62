import type { AlertMessage } from "./alert-message.ts";
import type { Webhook } from "./alert-settings.ts";
import { signWebhook } from "./sign-webhook.ts";

/** What came of one attempt. No reason: it was taken. */
export interface Attempt {
  readonly status?: number;
  readonly reason?: string;
  /** The receiver wants nothing more, ever (410). */
  readonly gone?: true;
  /** How long the receiver asks to wait, milliseconds. */
  readonly waitMs?: number;
}

/** Where a message goes, and when it is sent. */
export interface SendOptions {
  readonly webhook: Webhook;
  readonly now: Date;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
  /** How long an attempt may take, milliseconds; 10,000 by default. */
  readonly attemptMs?: number;
}

const ATTEMPT_MS = 10_000;

/**
 * Posts a message once, signed where the webhook has secrets. Anything but a 2xx is a failure, a redirect too: what an
 * operator named is where alerts go. Of an answer only its head is read. Never throws.
 */
export async function sendWebhook(message: AlertMessage, options: SendOptions): Promise<Attempt> {
  const { webhook, now, signal, attemptMs = ATTEMPT_MS } = options;
  try {
    const answer = await fetch(webhook.url, {
      method: "POST",
      headers: headersOf(message, webhook, now),
      body: message.body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(attemptMs)]),
    });
    await answer.body?.cancel();
    return attemptOf(answer);
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function headersOf(
  { id, body }: AlertMessage,
  { secrets }: Webhook,
  now: Date,
): Record<string, string> {
  const timestamp = Math.floor(now.getTime() / 1_000);
  const plain = { "content-type": "application/json", "user-agent": "stillwatch" };
  if (secrets.length === 0) return plain;
  return {
    ...plain,
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signWebhook({ id, timestamp, body }, secrets),
  };
}

function attemptOf({ status, headers }: Response): Attempt {
  if (status >= 200 && status < 300) return { status };
  const redirect = status >= 300 && status < 400 ? ", a redirect, which is not followed" : "";
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return {
    status,
    reason: `it answered ${status}${redirect}`,
    ...(status === 410 ? { gone: true as const } : {}),
    ...(seconds > 0 ? { waitMs: seconds * 1_000 } : {}),
  };
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as Error;
  if (name === "TimeoutError") return "it did not answer in time";
  if (name === "AbortError") return "the server was ended";
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? name;
}
