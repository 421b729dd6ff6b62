import Table from "cli-table3";
import { makeRandom } from "./random.ts";
import type { CampaignScore, LookalikeScore, ScanScore } from "./score-scan.ts";

/** A mean with a 95 % interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The mean over worlds and a percentile bootstrap interval of it (2,000 resamples of whole worlds, from a fixed seed). With one world the interval is a point. */
export function bootstrapMean(values: readonly number[]): Interval {
  const mean = average(values);
  const random = makeRandom("bootstrap");
  const means = Array.from({ length: 2000 }, () =>
    average(values.map(() => random.pick(values))),
  ).toSorted((a, b) => a - b);
  return { mean, low: means[50] as number, high: means[1949] as number };
}

/** Wilson's score interval of a proportion, 95 % (Wilson 1927). */
export function wilson(hits: number, trials: number): Interval {
  if (trials === 0) return { mean: 0, low: 0, high: 1 };
  const z = 1.959964;
  const p = hits / trials;
  const middle = (p + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const half =
    (z / (1 + (z * z) / trials)) *
    Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials));
  return { mean: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Two tables, of operations and of look-alikes, and a line over all, from one or more worlds. */
export function scoreTable(scores: readonly ScanScore[]): string {
  return [campaignTable(scores), lookalikeTable(scores), overall(scores)].join("\n");
}

function campaignTable(scores: readonly ScanScore[]): string {
  const table = new Table({
    head: [
      "operation",
      "worlds",
      "accounts",
      "exchanges",
      "found",
      "account recall",
      "precision",
      "as relay",
      "exchanges before alert",
      "share",
      "delay",
    ],
    style: { head: [], border: [] },
  });
  for (const [name, rows] of grouped(
    scores.flatMap((score) => score.campaigns),
    (row) => row.name,
  ))
    table.push(campaignRow(name, rows));
  return table.toString();
}

function campaignRow(name: string, rows: readonly CampaignScore[]): string[] {
  const over = (pick: (row: CampaignScore) => number | null): Interval | null => {
    const values = rows.map(pick).filter((value) => value !== null);
    return values.length === 0 ? null : bootstrapMean(values);
  };
  return [
    name,
    String(rows.length),
    round(over((row) => row.accounts)),
    round(over((row) => row.exchanges)),
    `${rows.filter((row) => row.detected).length}/${rows.length}`,
    percent(over((row) => row.recall)),
    percent(over((row) => row.precision)),
    percent(over((row) => row.relayRecall)),
    round(
      over((row) => row.exchangesBefore),
      true,
    ),
    percent(over((row) => row.shareBefore)),
    over((row) => row.delayHours) === null
      ? "–"
      : `${round(
          over((row) => row.delayHours),
          true,
        )} h`,
  ];
}

function lookalikeTable(scores: readonly ScanScore[]): string {
  const table = new Table({
    head: [
      "legitimate look-alike",
      "groups",
      "groups flagged",
      "95 %",
      "accounts",
      "flagged",
      "as relay",
      "assessed as (accounts)",
    ],
    style: { head: [], border: [] },
  });
  for (const [family, rows] of grouped(
    scores.flatMap((score) => score.lookalikes),
    (row) => row.family,
  )) {
    const sum = (pick: (row: LookalikeScore) => number): number =>
      rows.reduce((total, row) => total + pick(row), 0);
    const groups = sum((row) => row.groups);
    const flagged = sum((row) => row.groupsFlagged);
    const bounds = wilson(flagged, groups);
    table.push([
      family,
      String(groups),
      String(flagged),
      `${(100 * bounds.low).toFixed(0)}–${(100 * bounds.high).toFixed(0)} %`,
      String(sum((row) => row.accounts)),
      String(sum((row) => row.accountsFlagged)),
      String(sum((row) => row.accountsRelay)),
      assessed(rows),
    ]);
  }
  return table.toString();
}

function assessed(rows: readonly LookalikeScore[]): string {
  const totals = new Map<string, number>();
  for (const row of rows)
    for (const [name, n] of Object.entries(row.assessments))
      totals.set(name, (totals.get(name) ?? 0) + n);
  return [...totals].map(([name, n]) => `${name} ${n}`).join(", ") || "–";
}

function overall(scores: readonly ScanScore[]): string {
  const sum = (pick: (score: ScanScore) => number): number =>
    scores.reduce((total, score) => total + pick(score), 0);
  const groups = sum((score) => score.flaggedGroups);
  const wrong = sum((score) => score.falseGroups);
  const accounts = sum((score) => score.flaggedAccounts);
  const others = sum((score) => score.falseAccounts);
  const bounds = wilson(wrong, groups);
  return `${groups} groups flagged in ${scores.length} world${scores.length === 1 ? "" : "s"}, ${wrong} of them legitimate (${(100 * bounds.low).toFixed(0)}–${(100 * bounds.high).toFixed(0)} %); ${accounts} accounts, ${others} of them legitimate, ${sum((score) => score.strangers)} of those in no look-alike.`;
}

function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const out = new Map<string, T[]>();
  for (const row of rows) {
    const list = out.get(key(row));
    if (list === undefined) out.set(key(row), [row]);
    else list.push(row);
  }
  return out;
}

function average(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
}

function percent(value: Interval | null): string {
  if (value === null) return "–";
  const show = (x: number): string => (100 * x).toFixed(1);
  return value.low === value.high
    ? `${show(value.mean)} %`
    : `${show(value.mean)} % (${show(value.low)}–${show(value.high)})`;
}

function round(value: Interval | null, withBounds = false): string {
  if (value === null) return "–";
  const show = (x: number): string => Math.round(x).toLocaleString("en");
  return withBounds && value.low !== value.high
    ? `${show(value.mean)} (${show(value.low)}–${show(value.high)})`
    : show(value.mean);
}
