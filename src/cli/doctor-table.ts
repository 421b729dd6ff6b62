import type { SampleFindings } from "../ingest/examine-sample.ts";
import type { Examination, Expected } from "../judge/examine-input.ts";
import { printable } from "../report/printable.ts";
import { counted, grouped, minute, percent, stretch } from "../report/wording.ts";
import { wrapped } from "../report/wrapped.ts";
import { byteSize } from "./byte-size.ts";
import type { Ink } from "./ink.ts";

/** On what the table is drawn. */
export interface DoctorTableOptions {
  /** Width of the terminal in characters. */
  readonly columns: number;
  readonly ink: Ink;
}

const SHOWN = 5;

/** Fields by what the engine calls them, in words, and what to write into a line to have them. */
const FIELDS: readonly (readonly [keyof SampleFindings["coverage"], string])[] = [
  ["request_text", "text of the request"],
  ["answer", "answer"],
  ["usage", "usage"],
  ["finish", "why the answer ended"],
  ["max_tokens", "length limit"],
  ["system_prompt", "system prompt"],
  ["tools", "tools"],
  ["earlier_turns", "earlier turns"],
  ["model", "model"],
  ["credential", "credential"],
  ["organization", "organization"],
  ["end_user", "end_user"],
  ["network", "client.ip"],
  ["client", "client.user_agent, ja4"],
  ["platform", "platform"],
  ["region", "region"],
  ["http_status", "http_status"],
  ["billed", "billed"],
  ["fingerprints", "fingerprints only"],
];

/** What `stillwatch doctor` prints: the sample, fields with their share, joins, what would weaken a scan, and what the whole would take. */
export function doctorTable(examination: Examination, options: DoctorTableOptions): string {
  const width = Math.max(60, Math.min(options.columns, 120));
  const { findings, expected } = examination;
  const parts = [
    sampleText(examination, width),
    ...(findings === undefined
      ? []
      : [fieldsText(findings, width, options.ink), joinsText(examination, findings, width)]),
    problemsText(examination, width, options.ink),
    ...(expected === undefined ? [] : [expectedText(examination, expected, width)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function sampleText({ sample, lines, findings }: Examination, width: number): string {
  const each = `the first ${byteSize(sample.bytes_each)} of ${sample.inputs === 1 ? "" : "each of "}`;
  const of =
    sample.inputs === sample.of_inputs
      ? counted(sample.inputs, "file")
      : `${sample.inputs} of ${grouped(sample.of_inputs)} files`;
  const total =
    sample.total_bytes === undefined ? "" : ` of ${byteSize(sample.total_bytes)} in all`;
  const taken = sample.whole
    ? `Read: all of ${counted(sample.inputs, "file")}, ${byteSize(sample.bytes)}.`
    : `Read: ${each}${of}, ${byteSize(sample.bytes)} unpacked${total}. What follows is about these lines only.`;
  const counts = `Lines: ${grouped(lines.lines)} (${grouped(lines.accepted)} accepted, ${grouped(lines.rejected)} rejected${findings === undefined ? "" : `; ${counted(findings.ids.repeats, "repeat")} among the accepted`}).`;
  const reasons = lines.rejections
    .slice(0, SHOWN)
    .map(({ file, line, reason }) =>
      wrapped(`${printable(file)}:${line}: ${printable(reason)}`, width, "  "),
    );
  const asides = Object.entries(lines.aside).map(
    ([what, records]) => `${grouped(records)} ${what}`,
  );
  const aside = asides.length === 0 ? [] : [wrapped(`Set aside: ${asides.join(", ")}.`, width)];
  const times = findings === undefined ? [] : [wrapped(timesText(findings), width)];
  return [wrapped(taken, width), wrapped(counts, width), ...reasons, ...aside, ...times].join("\n");
}

function timesText({ times }: SampleFindings): string {
  const order =
    times.backward === 0
      ? "in order"
      : `${percent(times.backward / times.lines)} earlier than the line before, by up to ${stretch(times.furthest_back_seconds)}`;
  const grain =
    times.whole_minutes === times.lines
      ? "whole minutes"
      : times.whole_seconds === times.lines
        ? "whole seconds"
        : "milliseconds";
  return `Times: ${minute(`${times.first.replace(" ", "T")}Z`)} to ${minute(`${times.last.replace(" ", "T")}Z`)} UTC, ${order}, told in ${grain}.`;
}

function fieldsText({ coverage, unread }: SampleFindings, width: number, ink: Ink): string {
  const share = (name: keyof SampleFindings["coverage"]): number =>
    coverage[name] / coverage.exchanges;
  const seen = FIELDS.filter(([name]) => coverage[name] > 0);
  const missing = FIELDS.filter(([name]) => coverage[name] === 0 && name !== "fingerprints");
  const rows = seen.map(([name, words]) => {
    const bar = "█".repeat(Math.max(1, Math.round(share(name) * 20)));
    return `  ${words.padEnd(24)}${percent(share(name)).padStart(6)}  ${ink.faint(bar)}`;
  });
  const never =
    missing.length === 0
      ? []
      : [wrapped(`In none: ${missing.map(([, words]) => words).join(", ")}.`, width, "  ")];
  const names = unread
    .slice(0, 2 * SHOWN)
    .map(({ field, lines }) => `${printable(field)} (${grouped(lines)})`);
  const more = unread.length > names.length ? `, and ${unread.length - names.length} more` : "";
  const ignored =
    unread.length === 0
      ? []
      : [wrapped(`Not read, with their lines: ${names.join(", ")}${more}.`, width, "  ")];
  const head = `Fields, by share of ${counted(coverage.exchanges, "exchange")}:`;
  return [head, ...rows, ...never, ...ignored].join("\n");
}

function joinsText(examination: Examination, findings: SampleFindings, width: number): string {
  const { accounts, turns, coverage } = findings;
  const known =
    examination.accounts === undefined
      ? `accounts: ${grouped(accounts.accounts)} seen; no accounts file was given`
      : `accounts: ${grouped(accounts.known)} of ${grouped(accounts.accounts)} are in the accounts file, with ${percent(accounts.exchanges_known / accounts.exchanges)} of the exchanges; ${grouped(accounts.paying)} with payment, phone or device, ${grouped(accounts.organized)} with an organization, ${grouped(accounts.dated)} with a time of creation`;
  const answers = `answers: ${coverage.request === 0 ? "no requests" : `${percent(Math.min(1, coverage.answer / coverage.request))} of the requests have one`}`;
  const bring =
    turns.answered === 0
      ? ""
      : `; ${percent(turns.echoed / turns.answered)} of those bring the answer that was logged`;
  const conversations =
    turns.going_on === 0
      ? "conversations: no request goes on with one"
      : `conversations: ${counted(turns.going_on, "request goes", "requests go")} on with one; of the ${grouped(turns.late)} in the later half of the time, ${turns.late === 0 ? "none" : percent(turns.joined / turns.late)} find their earlier turn here${bring}`;
  return [
    "Joins:",
    ...[known, answers, conversations].map((text) => wrapped(`${text}.`, width, "  ")),
  ].join("\n");
}

function problemsText({ problems }: Examination, width: number, ink: Ink): string {
  if (problems.length === 0) return ink.calm("Nothing stands in the way of a scan.");
  const stopping = problems.some(({ level }) => level === "stops");
  const head = stopping ? "A scan would find nothing:" : "A scan would see less than it could:";
  return [
    ink.alert(head),
    ...problems.map(({ sentence }) => wrapped(`- ${sentence}`, width, "  ")),
  ].join("\n");
}

function expectedText({ sample }: Examination, expected: Expected, width: number): string {
  const { reading_seconds, linking_seconds, judging_seconds, disk_bytes } = expected;
  const all = reading_seconds + linking_seconds + judging_seconds;
  const what = sample.whole
    ? ""
    : `, in proportion to the sample (× ${grouped(sample.scale ?? 1)})`;
  return wrapped(
    `A scan of all of it would take about ${stretch(all)} on this machine as busy as it is (reading ${stretch(reading_seconds)}, linking ${stretch(linking_seconds)}, judging ${stretch(judging_seconds)}), and about ${byteSize(disk_bytes)} of disk without kept text${what}.`,
    width,
  );
}
