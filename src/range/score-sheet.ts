import Table from "cli-table3";
import type { Interval } from "./score-interval.ts";

/** A table of figures, before it is drawn as text, Markdown or HTML. The first column names the row; the others are figures or short words. */
export interface Sheet {
  readonly id: string;
  readonly title: string;
  /** What the columns mean and what to take from them; one paragraph. */
  readonly note: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A curve with an interval at each point; `x` is a place on the axis, `at` what stands there. */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly at: string; readonly y: Interval }[];
}

/** Curves over one axis, from 0 to 1 in height. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly curves: readonly Curve[];
  /** A place on the axis to mark, with its words. */
  readonly mark?: { readonly x: number; readonly words: string };
}

/** A sheet drawn for a terminal. */
export function sheetText(sheet: Sheet): string {
  const table = new Table({
    head: [...sheet.head],
    colAligns: sheet.head.map((_, i) => (i === 0 ? "left" : "right")),
    style: { head: [], border: [], compact: true },
  });
  for (const row of sheet.rows) table.push([...row]);
  return `${sheet.title}\n${table.toString()}\n${sheet.note}`;
}

/** A sheet as GitHub's Markdown, below a heading of the given level, its columns padded as a formatter would. */
export function sheetMarkdown(sheet: Sheet, level: number): string {
  const rows = [sheet.head, ...sheet.rows].map((row) =>
    row.map((cell) => cell.replaceAll("|", "\\|")),
  );
  const widths = sheet.head.map((_, i) =>
    Math.max(3, ...rows.map((row) => Array.from(row[i] ?? "").length)),
  );
  const line = (row: readonly string[]): string => {
    const cells = widths.map((width, i) => {
      const blank = " ".repeat(Math.max(0, width - Array.from(row[i] ?? "").length));
      return i === 0 ? `${row[i] ?? ""}${blank}` : `${blank}${row[i] ?? ""}`;
    });
    return `| ${cells.join(" | ")} |`;
  };
  const rule = widths.map((width, i) =>
    i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  const [head, ...body] = rows;
  return [
    `${"#".repeat(level)} ${sheet.title}`,
    "",
    sheet.note,
    "",
    line(head ?? []),
    line(rule),
    ...body.map(line),
    "",
  ].join("\n");
}

/** `93.1 %`, with its interval where that is not a point; a dash for nothing. */
export function percent(value: Interval | null, digits = 1): string {
  if (value === null || Number.isNaN(value.mean)) return "–";
  const show = (x: number): string => (100 * x).toFixed(digits);
  return value.low === value.high
    ? `${show(value.mean)} %`
    : `${show(value.mean)} % (${show(value.low)}–${show(value.high)})`;
}

/** A whole number in groups of three, with its interval where asked for and not a point; a dash for nothing. */
export function whole(value: Interval | null, withBounds = false): string {
  if (value === null || Number.isNaN(value.mean)) return "–";
  const show = (x: number): string => Math.round(x).toLocaleString("en");
  return withBounds && value.low !== value.high
    ? `${show(value.mean)} (${show(value.low)}–${show(value.high)})`
    : show(value.mean);
}

/** A number at two decimals with its interval where that is not a point; a dash for nothing. */
export function decimal(value: Interval | null, digits = 2): string {
  if (value === null || Number.isNaN(value.mean)) return "–";
  const show = (x: number): string => (x >= 1e4 ? x.toExponential(1) : x.toFixed(digits));
  return value.low === value.high
    ? show(value.mean)
    : `${show(value.mean)} (${show(value.low)}–${show(value.high)})`;
}

/** Thousands in groups. */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}
