import { createHmac } from "node:crypto";

/** How a secret is written: `whsec_` and the base64 of 24 to 64 bytes. */
export const SECRET_FORM = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

/** What is signed. */
export interface SignedContent {
  readonly id: string;
  /** Unix time, seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The header `webhook-signature` of Standard Webhooks 1.0: for each secret `v1,` and the base64 of the HMAC-SHA256 of
 * `id.timestamp.body`, with a space between. Two secrets let a receiver change from one to the other.
 */
export function signWebhook(
  { id, timestamp, body }: SignedContent,
  secrets: readonly string[],
): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
      const content = `${id}.${timestamp}.${body}`;
      return `v1,${createHmac("sha256", key).update(content).digest("base64")}`;
    })
    .join(" ");
}
