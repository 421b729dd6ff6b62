import { sheetMarkdown, sheetText } from "./score-sheet.ts";
import type { SuiteSummary } from "./score-summary.ts";

/** A suite's tables for a terminal. */
export function summaryText(summary: SuiteSummary): string {
  const title = `${summary.title} (${summary.id})`;
  return [
    `${title}\n${"═".repeat(title.length)}\n${summary.inShort}`,
    ...summary.sheets.map(sheetText),
    ...summary.failures.map(
      ({ world, seed, reason }) => `Failed: ${world}, seed ${seed}: ${reason}`,
    ),
  ].join("\n\n");
}

/** A suite's tables as Markdown. */
export function summaryMarkdown(summary: SuiteSummary): string {
  return [
    `## ${summary.title}`,
    "",
    summary.about,
    "",
    summary.inShort,
    "",
    ...summary.sheets.map((sheet) => sheetMarkdown(sheet, 3)),
  ].join("\n");
}

const BEGIN = "<!-- tables: stillwatch range report --markdown -->";
const END = "<!-- end of tables -->";

/** A page with its tables renewed: what stands between its two marker lines is replaced. Without a page, or without markers in it, the tables alone. */
export function withTables(page: string | undefined, tables: string): string {
  const begin = page?.indexOf(BEGIN) ?? -1;
  const end = page?.indexOf(END) ?? -1;
  if (page === undefined || begin < 0 || end < begin) return tables;
  return `${page.slice(0, begin)}${BEGIN}\n\n${tables.trim()}\n\n${page.slice(end)}`;
}
