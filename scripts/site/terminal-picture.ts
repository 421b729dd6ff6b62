import { stripVTControlCharacters } from "node:util";

const CELL = 7.8;
const LINE = 18;
const EDGE = 18;
/** The styles that our own output uses, by the codes that begin them; 22 and 39 end weight and colour, 0 all. */
const STYLES: Readonly<Record<string, string>> = {
  "1": "strong",
  "2": "faint",
  "32": "calm",
  "33": "alert",
};
const ENDS: Readonly<Record<string, readonly string[]>> = {
  "0": Object.values(STYLES),
  "22": ["strong", "faint"],
  "39": ["calm", "alert"],
};

/** What a terminal shows, as an SVG that needs no font of its own. `ansi` is text with colour codes, a line a row. */
export function terminalPicture(ansi: string): string {
  const lines = ansi.trimEnd().split("\n");
  const columns = Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
  const [width, height] = [columns * CELL + 2 * EDGE, lines.length * LINE + 2 * EDGE];
  const open = new Set<string>();
  const rows = lines.map((line, row) => rowOf(line, EDGE + (row + 0.75) * LINE, open));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${height}" width="${Math.ceil(width)}" height="${height}">
<style>text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;fill:#e6e4de;white-space:pre}.strong{font-weight:700}.faint{fill:#a3a9b3}.calm{fill:#7fd1a8}.alert{fill:#f0c05a}</style>
<rect width="100%" height="100%" rx="10" fill="#15171c"/>
${rows.join("\n")}
</svg>
`;
}

/** One row. Each run is drawn where its column begins and stretched to its cells, so that columns stay straight in any font. */
function rowOf(line: string, y: number, open: Set<string>): string {
  let column = 0;
  return line
    .split(/(\u001b\[[\d;]*m)/)
    .map((part) => {
      if (part.startsWith("\u001b")) {
        for (const code of part.slice(2, -1).split(";")) turn(code, open);
        return "";
      }
      const text = part.trimEnd();
      const from = column + (text.length - text.trimStart().length);
      column += part.length;
      const shown = text.trimStart();
      if (shown === "") return "";
      const kind = open.size === 0 ? "" : ` class="${[...open].join(" ")}"`;
      return `<text x="${fixed(EDGE + from * CELL)}" y="${fixed(y)}" textLength="${fixed(shown.length * CELL)}" lengthAdjust="spacingAndGlyphs"${kind}>${escaped(shown)}</text>`;
    })
    .join("");
}

function turn(code: string, open: Set<string>): void {
  const style = STYLES[code];
  if (style !== undefined) open.add(style);
  for (const ended of ENDS[code] ?? []) open.delete(ended);
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
