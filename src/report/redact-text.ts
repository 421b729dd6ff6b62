/** Patterns of what could name a person, a machine or a secret, in the order they are taken; the mark says what stood there. */
const REDACTIONS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g, "[key]"],
  [/\beyJ[\w-]{8,}(?:\.[\w-]+){1,2}/g, "[key]"],
  [/\b(?:sk|pk|rk|ghp|gho|ghs|xox[abprs]|glpat|hf|AKIA|ASIA|AIza)[-_]?[\w-]{12,}/g, "[key]"],
  [
    /\b(?:bearer|basic|password|passwd|secret|token|api[ _-]?key)(\s*[:=]\s*|\s+)["']?[^\s"',;]{6,}/gi,
    "[key]",
  ],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, "[mail]"],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s<>"')\]]+/gi, "[link]"],
  [/\bwww\.[^\s<>"')\]]+/gi, "[link]"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "[id]"],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b/g, "[address]"],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}(?:::[0-9a-f]{1,4})*(?![\w:])/gi, "[address]"],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:)+:(?:[0-9a-f]{1,4}:?)*(?![\w:])/gi, "[address]"],
  [/(?:\/(?:home|Users)\/|[A-Z]:\\Users\\)[^\s/\\"']+/g, "[path]"],
  [/(?<![\w@])@\w{2,}/g, "[handle]"],
  [/\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b/g, "[number]"],
  [/(?<![\p{L}\p{N}.,])\+?\(?\p{Nd}(?:[ ()./-]{0,2}\p{Nd}){6,}(?![\p{L}\p{N}])/gu, "[number]"],
  [/\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{16,}\b/gi, "[id]"],
];

/**
 * Takes out of a prompt whatever looks like an identifier (mail, link, address, number of seven digits or more, key,
 * handle, home folder) and cuts it to `most` characters. Names in running text can't be recognized by rule and stay:
 * whoever shows the result must say so.
 */
export function redactText(text: string, most: number): string {
  // Only what can be shown is searched, with room so that an identifier across the cut is seen whole.
  const near = text.slice(0, most * 4 + 400);
  const redacted = REDACTIONS.reduce((left, [pattern, mark]) => left.replace(pattern, mark), near)
    .replace(/\s+/g, " ")
    .trim();
  if (redacted.length <= most) return redacted;
  const cut = redacted.lastIndexOf(" ", most - 1);
  return `${redacted.slice(0, cut > most / 2 ? cut : most - 1).toWellFormed()}…`;
}
