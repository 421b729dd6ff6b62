import { familySheet } from "./score-legitimate.ts";
import { operationSheet } from "./score-operations.ts";
import { overallLine } from "./score-overall.ts";
import type { ScanScore } from "./score-scan.ts";
import { sheetText } from "./score-sheet.ts";

/** Two tables, of operations and of look-alikes, and a line over all, from one or more worlds. */
export function scoreTable(scores: readonly ScanScore[]): string {
  return [
    sheetText(operationSheet(scores)),
    sheetText(familySheet(scores)),
    overallLine(scores),
  ].join("\n\n");
}
