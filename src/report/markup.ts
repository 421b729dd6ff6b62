import { printable } from "./printable.ts";

/** Text that is already HTML. Only `html` and `trusted` make it, so that everything else is escaped. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in an `html` template: text and numbers are escaped, markup is taken as it is, lists are joined. */
export type Content = string | number | Markup | undefined | readonly Content[];

/** A template whose values are escaped unless they are markup themselves; safe between tags and in quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const still = unindented(strings);
  let text = still[0] ?? "";
  for (const [at, value] of values.entries()) {
    text += written(value) + (still[at + 1] ?? "");
  }
  return { markup: text };
}

const UNINDENTED = new WeakMap<TemplateStringsArray, readonly string[]>();

/** A template's own text without the source's indentation, worked out once for each place in the source. */
function unindented(strings: TemplateStringsArray): readonly string[] {
  const known = UNINDENTED.get(strings);
  if (known !== undefined) return known;
  const still = strings.map((text) => text.replace(/\s*\n\s*/g, "\n"));
  UNINDENTED.set(strings, still);
  return still;
}

/** Declares a text of our own (a style sheet, a path's numbers) as markup. Never for anything that came from outside. */
export function trusted(text: string): Markup {
  return { markup: text };
}

function written(value: Content): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escaped(printable(value));
  if (typeof value === "number") return String(value);
  if ("markup" in value) return value.markup;
  return value.map(written).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
