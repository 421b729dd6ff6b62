/** The rows of a comma-separated text with a header line, by column (RFC 4180: quoted fields may hold commas, quotes doubled, and line ends). */
export function readCsv(text: string): Record<string, string>[] {
  const [header, ...rows] = splitCsv(text);
  if (header === undefined) return [];
  return rows
    .filter((row) => row.some((field) => field !== ""))
    .map((row) => Object.fromEntries(header.map((name, i) => [name.trim(), row[i] ?? ""])));
}

function splitCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[i++];
      else quoted = false;
    } else if (c === '"' && field === "") quoted = true;
    else if (c === ",") {
      row.push(field);
      field = "";
    } else if (c === "\n") {
      rows.push([...row, field.replace(/\r$/, "")]);
      row = [];
      field = "";
    } else field += c;
  }
  if (field !== "" || row.length > 0) rows.push([...row, field]);
  return rows;
}
