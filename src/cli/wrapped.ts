/** Breaks at spaces to lines of at most `width`, each after the first indented two deeper than the first. */
export function wrapped(text: string, width: number, indent = ""): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    if (line.trim() !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent === "" ? "" : `${indent}  `}${word}`;
    } else {
      line = line.trim() === "" ? `${line}${word}` : `${line} ${word}`;
    }
  }
  return [...lines, line].join("\n");
}
