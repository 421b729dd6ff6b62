/** Templates of the phrase banks, compiled once: literal text, slots in braces, alternatives `{a/b {thing}/}` that may nest, `~` where an aside may stand, and `^` where a comma may. */

/** A compiled piece of a template. All kinds have one shape, because filling them is the range's hottest loop. */
export interface Piece {
  readonly kind: "text" | "slot" | "aside" | "pause" | "choice";
  /** The text, or the slot's name. */
  readonly text: string;
  /** A choice's alternatives. */
  readonly options: readonly Phrase[];
  /** Differs from choice to choice, so that a person's habits do. */
  readonly salt: number;
}

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
    if (text !== "") pieces.push(pieceOf("text", text));
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
      pieces.push(pieceOf(c === "~" ? "aside" : "pause"));
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
    return pieceOf("slot", only[0].text);
  return pieceOf("choice", "", options, salt);
}

function pieceOf(kind: Piece["kind"], text = "", options: readonly Phrase[] = [], salt = 0): Piece {
  return { kind, text, options, salt };
}

/** A 32-bit number of a place in a template, so that a person's habits differ from place to place. */
function saltOf(text: string, at: number): number {
  let h = 0x811c9dc5 ^ at;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
