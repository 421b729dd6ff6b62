import Table from "cli-table3";
import type { Assessment, Axis, Group, GroupDetail, ScanResult } from "../core/assessment.ts";
import type { IntakeTotals } from "../ingest/intake-totals.ts";
import { whyNothing } from "../ingest/why-nothing.ts";
import { powerWords } from "../report/power-words.ts";
import { printable } from "../report/printable.ts";
import {
  bits,
  counted,
  day,
  evidenceOn,
  flaggedGroups,
  grouped,
  minute,
  judgedBy,
} from "../report/wording.ts";
import { wrapped } from "../report/wrapped.ts";
import type { Ink } from "./ink.ts";
import { sparkline } from "./sparkline.ts";

/** What the table is made of. */
export interface ScanTableInput {
  readonly result: ScanResult;
  readonly details: readonly GroupDetail[];
  readonly intake: IntakeTotals;
  /** Width of the terminal in characters; 80 where it is not one. */
  readonly columns: number;
  readonly ink: Ink;
}

const REJECTIONS_SHOWN = 5;
const GROUPS_SHOWN = 20;
const MOST_BARS = 100;
const NUMBER_WIDTHS = [8, 11, 11, 16, 6, 7] as const;

/** What `stillwatch scan` prints: totals, flagged groups with their strongest evidence, the other groups in words, blind signals. */
export function scanTable({ result, details, intake, columns, ink }: ScanTableInput): string {
  const width = Math.max(60, Math.min(columns, 160));
  const flagged = flaggedGroups(result.groups);
  const parts = [
    totals(result, intake, width),
    flagged.length === 0
      ? nothingFlagged(result, width, ink)
      : flaggedTable(flagged, { result, details, width, ink }),
    otherGroups(result.groups, width),
    blindSignals(result, width),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function totals(result: ScanResult, intake: IntakeTotals, width: number): string {
  const { from, to } = result.window;
  const when = from === null ? "" : `, ${day(from)} to ${day(to)}`;
  const judged = `Judged ${counted(result.exchanges, "exchange")} of ${counted(result.accounts, "account")}${when}.`;
  const counts = `Lines read: ${grouped(intake.lines)} (${grouped(intake.accepted)} accepted, ${counted(intake.repeats, "repeat")}, ${grouped(intake.rejected)} rejected)${recovered(intake)}.`;
  const read = [wrapped(counts, width)];
  const shown = intake.rejections
    .slice(0, REJECTIONS_SHOWN)
    .map(({ file, line, reason }) =>
      wrapped(`${printable(file)}:${line}: ${printable(reason)}`, width, "  "),
    );
  const more = intake.rejected - shown.length;
  if (shown.length > 0 && more > 0) shown.push(`  and ${grouped(more)} more.`);
  const unread =
    intake.accepted === 0 && intake.rejected > 0
      ? [wrapped(`No line was accepted. ${whyNothing(intake.rejections)}`, width)]
      : [];
  const aside = Object.entries(intake.aside).map(
    ([what, records]) => `${grouped(records)} ${what}`,
  );
  if (aside.length > 0) read.push(wrapped(`Set aside: ${aside.join(", ")}.`, width));
  return [wrapped(judged, width), ...read, ...shown, ...unread].join("\n");
}

function recovered(intake: IntakeTotals): string {
  return intake.recovered === 0
    ? ""
    : `, and ${counted(intake.recovered, "line")} recovered from a run that was interrupted`;
}

function flaggedTable(
  flagged: readonly Group[],
  on: Pick<ScanTableInput, "result" | "details" | "ink"> & { readonly width: number },
): string {
  const { result, width, ink } = on;
  const detailOf = new Map(on.details.map((detail) => [detail.id, detail]));
  const gap = width >= 100 ? 2 : 1;
  const room = width - NUMBER_WIDTHS.reduce((sum, column) => sum + column + gap, 0) - gap;
  const idWidth = Math.max(8, Math.min(room, 32));
  const widths = [idWidth, ...NUMBER_WIDTHS].map((column) => column + gap);
  const table = new Table({
    colWidths: widths,
    colAligns: ["left", ...NUMBER_WIDTHS.map(() => "right" as const)],
    wordWrap: true,
    chars: NO_BORDER,
    style: { head: [], border: [], "padding-left": 0, "padding-right": gap },
  });
  table.push([
    "group",
    "accounts",
    "exchanges",
    "before\nalert",
    "detected (UTC)",
    "coord.\nbits",
    "harvest\nbits",
  ]);
  for (const group of flagged.slice(0, GROUPS_SHOWN)) {
    table.push(groupRow(group, idWidth, ink));
  }
  const lines = table.toString().split("\n");
  const rule = "─".repeat(widths.reduce((sum, column) => sum + column, 0) - gap);
  const shown = flagged.slice(0, GROUPS_SHOWN);
  const [head, rows] = [lines.slice(0, 2), lines.slice(2)];
  const body = rows.flatMap((row, at) => {
    const group = shown[at];
    if (group === undefined) return [row];
    return [
      row,
      ...activity(group, detailOf.get(group.id), width, ink),
      ...sentences(group, width, ink),
      "",
    ];
  });
  const hidden = flagged.length - shown.length;
  const tail =
    hidden > 0 ? [`and ${counted(hidden, "more flagged group")}: see --json or --report.`, ""] : [];
  const title = `${counted(flagged.length, "group")} flagged as ${flagged.length === 1 ? "a campaign" : "campaigns"}`;
  return [
    `${ink.alert(title)} (${judgedBy(result)}).`,
    "",
    ...head.map((line) => ink.faint(line.trimEnd())),
    ink.faint(rule),
    ...body.map((line) => line.trimEnd()),
    ...tail,
    wrapped(
      "The software flags; a person confirms or explains. Nothing has been done to any account.",
      width,
    ),
  ].join("\n");
}

function groupRow(group: Group, idWidth: number, ink: Ink): string[] {
  return [
    ink.strong(shortened(printable(group.id), idWidth)),
    grouped(group.accounts.length),
    grouped(group.exchanges),
    grouped(group.exchanges_before_alert),
    minute(group.detected_at),
    bits(group.coordination_bits),
    bits(group.harvest_bits),
  ];
}

/** The group's exchanges over time as bars, and a mark where it was flagged. */
function activity(
  group: Group,
  detail: GroupDetail | undefined,
  width: number,
  ink: Ink,
): readonly string[] {
  if (detail === undefined || group.detected_at === null) return [];
  const hours = detail.group.length;
  const from = Date.parse(detail.from);
  const to = new Date(from + hours * 3_600_000).toISOString();
  const { bars, columnOf } = sparkline(detail.group, Math.min(width - 4, MOST_BARS));
  const flagged = columnOf(Math.floor((Date.parse(group.detected_at) - from) / 3_600_000));
  const said = `activity, ${minute(detail.from)} to ${minute(to)}; ^ marks the flag`;
  return [wrapped(ink.faint(said), width, "  "), `    ${bars}`, `    ${" ".repeat(flagged)}^`];
}

function sentences(group: Group, width: number, ink: Ink): readonly string[] {
  const reason = group.reason === "" ? [] : [wrapped(printable(group.reason), width, "  ")];
  const axes = ["coordination", "harvest"] as const;
  return [...axes.map((axis) => strongest(group, axis, width, ink)), ...reason];
}

function strongest(group: Group, axis: Axis, width: number, ink: Ink): string {
  const finding = evidenceOn(group, axis).find((one) => !one.found_group && one.bits > 0);
  if (finding === undefined) return wrapped(`${axis}: no single signal stands out.`, width, "  ");
  const source = `${axis}, ${printable(finding.signal)}, ${bits(finding.bits)} bits`;
  return wrapped(`${source}: ${printable(finding.sentence)}`, width, "  ").replace(
    source,
    ink.faint(source),
  );
}

function nothingFlagged(result: ScanResult, width: number, ink: Ink): string {
  const setting = `(${judgedBy(result)})`;
  if (result.exchanges === 0) return "Nothing to judge: no exchange was accepted.";
  const means =
    "That means: no group of accounts showed both hidden coordination and harvesting strongly enough to stand at this error rate. It does not mean that there is none: few exchanges, fields that are missing, and operators who share nothing that these signals measure stay below it.";
  const said = [means, ...(result.power === undefined ? [] : [powerWords(result)])];
  return `${ink.calm("Nothing flagged")} ${setting}.\n${said.map((one) => wrapped(one, width)).join("\n\n")}`;
}

const OTHER_WORDS: Readonly<Record<Exclude<Assessment, "campaign">, string>> = {
  relay: "relay (one hidden operator, ordinary people's traffic)",
  bulk: "bulk (training data made by a declared customer; the reason names the agreement)",
  explained: "explained",
  undetermined: "undetermined",
  watch: "on watch (too small to decide at this error rate)",
};

function otherGroups(groups: readonly Group[], width: number): string {
  const lines = Object.entries(OTHER_WORDS).flatMap(([assessment, words]) => {
    const these = groups.filter((group) => group.assessment === assessment);
    if (these.length === 0) return [];
    const accounts = new Set(these.flatMap((group) => group.accounts)).size;
    return [
      wrapped(`${grouped(these.length)} ${words}: ${counted(accounts, "account")}`, width, "  "),
    ];
  });
  return lines.length === 0 ? "" : ["Groups that are not flagged:", ...lines].join("\n");
}

function blindSignals({ blind }: ScanResult, width: number): string {
  if (blind.length === 0) return "";
  const lines = blind.map(({ signal, needs }) =>
    wrapped(`${printable(signal)}: needs ${printable(needs)}`, width, "  "),
  );
  return ["Blind in this traffic, and what would open their eyes:", ...lines].join("\n");
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

const NO_BORDER = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
};
