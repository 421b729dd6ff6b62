/** Templates of the phrase banks, compiled once: literal text, slots in braces, alternatives `{a/b {thing}/}` that may nest, `~` where an aside may stand, and `^` where a comma may. */

/** A compiled piece of a template. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "slot"; readonly name: string }
  | { readonly kind: "aside" }
  | { readonly kind: "pause" }
  | { readonly kind: "choice"; readonly options: readonly Phrase[]; readonly salt: number };

/** A compiled template. */
export type Phrase = readonly Piece[];

const compiled = new Map<string, Phrase>();

/** The template's pieces. Compiled once a process; throws RangeError on unbalanced braces. */
export function phraseOf(template: string): Phrase {
  let phrase = compiled.get(template);
  if (phrase === undefined) {
    const reader = { text: template, at: 0 };
    phrase = readPhrase(reader, false);
    if (reader.at < template.length) throw new RangeError(`unbalanced braces in "${template}"`);
    compiled.set(template, phrase);
  }
  return phrase;
}

interface Reader {
  readonly text: string;
  at: number;
}

/** Reads up to the end, or inside braces up to `/` or the closing brace. */
function readPhrase(reader: Reader, inside: boolean): Phrase {
  const pieces: Piece[] = [];
  let text = "";
  const flush = (): void => {
    if (text !== "") pieces.push({ kind: "text", text });
    text = "";
  };
  for (; reader.at < reader.text.length; reader.at++) {
    const c = reader.text[reader.at] as string;
    if (c === "}" || (c === "/" && inside)) break;
    if (c === "{") {
      flush();
      pieces.push(readBraces(reader));
    } else if (c === "~" || c === "^") {
      flush();
      pieces.push({ kind: c === "~" ? "aside" : "pause" });
    } else text += c;
  }
  flush();
  return pieces;
}

/** Reads from an opening brace; leaves the reader on the closing one. */
function readBraces(reader: Reader): Piece {
  const salt = saltOf(reader.text, reader.at);
  const options: Phrase[] = [];
  do {
    reader.at++;
    options.push(readPhrase(reader, true));
  } while (reader.text[reader.at] === "/");
  if (reader.text[reader.at] !== "}") throw new RangeError(`unbalanced braces in "${reader.text}"`);
  const only = options[0];
  if (options.length === 1 && only?.length === 1 && only[0]?.kind === "text")
    return { kind: "slot", name: only[0].text };
  return { kind: "choice", options, salt };
}

/** A 32-bit number of a place in a template, so that a person's habits differ from place to place. */
function saltOf(text: string, at: number): number {
  let h = 0x811c9dc5 ^ at;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
