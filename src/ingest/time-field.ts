import { z } from "zod";

const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** A time in a line of input: ISO 8601, UTC where no offset is given. Becomes ISO 8601 with milliseconds and `Z`. */
export const timeField = z.string().transform((text, context) => {
  const time = millisecondsOf(text);
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  context.addIssue({
    code: "custom",
    message: "is not a time such as 2026-04-22T03:14:07Z between 1970 and 2200",
  });
  return z.NEVER;
});

/** The same time in milliseconds since 1970; NaN where it is none. */
export function millisecondsOf(text: string): number {
  const time = ISO.test(text) ? Date.parse(withZone(text)) : Number.NaN;
  return time >= EARLIEST && time < LATEST ? time : Number.NaN;
}

function withZone(text: string): string {
  const joined = text.replace(" ", "T");
  return joined.includes("T") && !/(Z|[+-]\d{2}:?\d{2})$/.test(joined) ? `${joined}Z` : joined;
}
