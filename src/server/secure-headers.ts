import type { OutgoingHttpHeaders } from "node:http";

/** On every answer: nothing of it is kept, guessed at, framed, or may load or run anything. */
export const SECURE_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const satisfies OutgoingHttpHeaders;
