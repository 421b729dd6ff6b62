/** Views of a TypeScript or JavaScript file in which every other character keeps its place and line. */
export interface SourceViews {
  /** Comments blanked. */
  readonly code: string;
  /** Comments, and what stands inside strings, templates and regular expressions, blanked. */
  readonly bare: string;
}

/** What may stand before a slash that opens a regular expression rather than divides. */
const BEFORE_REGEX = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of))\s*$/;
const LITERALS = [
  { kind: "comment", pattern: /\/\/[^\n]*/y },
  { kind: "comment", pattern: /\/\*[\s\S]*?\*\//y },
  { kind: "string", pattern: /"(?:[^"\\\n]|\\[\s\S])*"/y },
  { kind: "string", pattern: /'(?:[^'\\\n]|\\[\s\S])*'/y },
  { kind: "regex", pattern: /\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y },
] as const;

/** Separates code from comments and literals; templates are blanked whole, save what `${}` holds. */
export function sourceViews(text: string): SourceViews {
  let code = "";
  let bare = "";
  /** One entry an open template: how many braces are open inside its current `${}`; −1 in its text. */
  const templates: number[] = [];
  for (let at = 0; at < text.length;) {
    const depth = templates.at(-1);
    const character = text.charAt(at);
    if (depth === -1) {
      const taken = templateStep(text, at, templates);
      code += taken;
      bare += blank(taken);
      at += taken.length;
      continue;
    }
    const literal = literalAt(text, at, bare);
    if (literal !== undefined) {
      code += literal.kind === "comment" ? blank(literal.text) : literal.text;
      bare += blank(literal.text);
      at += literal.text.length;
      continue;
    }
    if (character === "`") templates.push(-1);
    if (depth !== undefined && character === "{") templates[templates.length - 1] = depth + 1;
    if (depth !== undefined && character === "}") templates[templates.length - 1] = depth - 1;
    code += character;
    bare += character;
    at += 1;
  }
  return { code, bare };
}

/** Takes one step inside a template's text: an escape, the start of `${`, its end, or one character. */
function templateStep(text: string, at: number, templates: number[]): string {
  if (text[at] === "\\") return text.slice(at, at + 2);
  if (text[at] === "`") templates.pop();
  if (text.startsWith("${", at)) {
    templates[templates.length - 1] = 0;
    return text.slice(at, at + 2);
  }
  return text.charAt(at);
}

function literalAt(
  text: string,
  at: number,
  before: string,
): { kind: "comment" | "string" | "regex"; text: string } | undefined {
  const first = text[at];
  if (first !== "/" && first !== '"' && first !== "'") return undefined;
  for (const { kind, pattern } of LITERALS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) continue;
    if (kind === "regex" && !BEFORE_REGEX.test(before.slice(-40))) continue;
    return { kind, text: found };
  }
  return undefined;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

/** An SQL file without its comments and without what stands inside its strings. */
export function bareSql(text: string): string {
  return text.replace(/'(?:[^'\\]|\\.|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (found) =>
    found.startsWith("'") ? "''" : blank(found),
  );
}
