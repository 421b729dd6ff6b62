import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import type { MapProposal, ProposedField } from "../ingest/propose-map.ts";
import { printable } from "../report/printable.ts";
import { counted } from "../report/wording.ts";
import { EXIT } from "./exit-codes.ts";
import type { Surroundings } from "./surroundings.ts";

/** Records of each file that are looked at. */
const SAMPLE = 1000;
/** Columns shown that stand for no field. */
const COLUMNS_SHOWN = 40;

/** `stillwatch map`: proposes a map of columns from a sample of files. */
export function mapCommand(around: Surroundings): Command {
  return new Command("map")
    .description(
      "Propose a --map file for logs in a format of your own, from the names and kinds of their columns. No value is printed.",
    )
    .argument("<files...>", "files of JSON, plain, .gz or .zst, or globs")
    .addHelpText("after", HELP_TAIL)
    .action(async (patterns: readonly string[]) => {
      const { findFiles } = await import("../ingest/find-files.ts");
      const { proposeMap } = await import("../ingest/propose-map.ts");
      const { sampleRecords } = await import("../ingest/sample-records.ts");
      const files = await findFiles(patterns);
      const records = [];
      for (const file of files) records.push(...(await sampleRecords(file, SAMPLE)));
      if (records.length === 0) {
        throw new StillwatchError("SW_INPUT_UNREADABLE", {
          path: files.join(", "),
          reason: "no JSON object in the first lines",
        });
      }
      around.stdout.write(mapText(proposeMap(records), files));
      around.exitWith(EXIT.clear);
    });
}

/** The proposal as a map file with remarks. */
export function mapText(proposal: MapProposal, files: readonly string[]): string {
  const { dialect, fields, missing, records } = proposal;
  const name = printable(files[0] ?? "");
  const lines = [
    `# From ${counted(records, "record")} of ${files.length === 1 ? name : counted(files.length, "file")}.`,
  ];
  if (dialect === undefined) {
    lines.push("# Check each line, then: stillwatch scan … --map map.yaml", "fields:");
    lines.push(...fields.map((field) => fieldLine(field, records)));
    const required = (["id", "time", "account"] as const).filter((one) => missing.includes(one));
    for (const field of required)
      lines.push(`  # ${field}: not found, and every exchange needs it`);
    const rest = missing.filter((field) => !(required as readonly string[]).includes(field));
    if (rest.length > 0) lines.push(`# Not found: ${rest.join(", ")}.`);
  } else {
    lines.push(
      `# Read without a map, as: ${dialect.title}. A map is needed only to change what a field is`,
      "# taken from: most often the account (docs/dialects.md says what it is by default).",
      `dialect: ${dialect.name}`,
      "fields:",
      "  {}",
    );
  }
  lines.push(...columnLines(proposal));
  return `${lines.join("\n")}\n`;
}

function fieldLine({ field, column, others }: ProposedField, records: number): string {
  const share =
    column.present === records ? "in all" : `in ${Math.floor((100 * column.present) / records)} %`;
  const instead = others.length === 0 ? "" : `; or ${others.map(quoted).join(", ")}`;
  return `  ${`${field}: ${quoted(column.path)}`.padEnd(34)} # ${share}, ${counted(column.different, "different value")}${instead}`;
}

function columnLines({ unused, records }: MapProposal): readonly string[] {
  if (unused.length === 0) return [];
  const shown = unused.slice(0, COLUMNS_SHOWN);
  const more = unused.length - shown.length;
  return [
    "# Other columns, with how many records have them and how many values differ:",
    ...shown.map(
      ({ path, present, different }) =>
        `#   ${quoted(path).padEnd(32)} ${present === records ? "all" : present} / ${different}`,
    ),
    ...(more > 0 ? [`#   and ${more} more`] : []),
  ];
}

/** A path as YAML reads it back. */
function quoted(path: string): string {
  const plain =
    /^[A-Za-z_][\w.-]*$/.test(path) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(path);
  return plain ? path : JSON.stringify(printable(path));
}

const HELP_TAIL = `
Examples:
  stillwatch map calls.ndjson > map.yaml     then check it, and:
  stillwatch scan calls.ndjson --map map.yaml

Formats that need no map: docs/dialects.md.`;
