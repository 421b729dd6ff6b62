/**
 * Text that came from outside, made safe to show on a terminal or a page: control characters (which can move a
 * terminal's cursor or hide text) and the marks that turn the direction of writing round become `\u{…}`; line breaks
 * and tabs become spaces.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\t\n\r]+/g, " ")
    .replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

// C0, DEL and C1 controls, line and paragraph separators, direction marks and overrides, invisible joiners of tags.
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
