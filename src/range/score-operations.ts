import { bootstrapRatio, type Interval, median } from "./score-interval.ts";
import type { CampaignScore, ScanScore } from "./score-scan.ts";
import { count, percent, type Sheet, whole } from "./score-sheet.ts";
import type { WorldResult } from "./run-result.ts";

/** Reasoning traces that already move a student model when it is trained on them: the yardstick of an alert's delay. */
export const MOVING_TRACES = 1000;

const HEAD = [
  "worlds",
  "accounts",
  "exchanges",
  "found",
  "account recall",
  "precision",
  "own",
  "exchange recall",
  "before alert",
  "share",
  "÷ 1,000 traces",
  "within 1,000",
  "delay",
];
const NOTE =
  "Found: a group is flagged in which the operation has most accounts or that holds half of its own, and most of whose accounts serve an operation (a relay's group may be assessed relay). Recall: share of its accounts in those groups; precision: share of their accounts that serve any operation, own: this one (operations that share accounts, lists or wordings are gathered together); exchange recall: share of its own exchanges that those accounts sent. Before alert: its own exchanges up to the end of the tick of the first flag, all of them where it was not found; ÷ 1,000: the same in units of the traces that already move a student; within 1,000: worlds in which the flag came before so many. Means over worlds with 95 % bootstrap intervals over worlds; the delay is a median, in hours, over worlds where it was found.";

/** Something scored in one world; what lies in one world depends on each other, so worlds are resampled whole. */
export interface InWorld {
  readonly inWorld: number;
}

type Row = CampaignScore & InWorld;

/** One row an operation: how it fared over worlds. */
export function operationSheet(scores: readonly ScanScore[]): Sheet {
  return operationsBy(rowsOf(scores), "operation", (row) => row.name);
}

function rowsOf(scores: readonly ScanScore[]): Row[] {
  return scores.flatMap(({ campaigns }, inWorld) => campaigns.map((row) => ({ ...row, inWorld })));
}

/** The mean of what is known of some rows; null where nothing is. */
export function meanOf<R extends InWorld>(
  rows: readonly R[],
  pick: (row: R) => number | null,
): Interval | null {
  const worlds = [...Map.groupBy(rows, ({ inWorld }) => inWorld).values()].map((these) => {
    const values = these.map(pick).filter((value) => value !== null);
    return { sum: values.reduce((a, b) => a + b, 0), count: values.length };
  });
  const mean = bootstrapRatio(worlds);
  return Number.isNaN(mean.mean) ? null : mean;
}

/** One row a world's kind (a dial, say), all its operations together. */
export function sweepSheet(worlds: readonly WorldResult[]): Sheet {
  const rows = rowsOf(worlds.map(({ score }) => score)).map((row) => {
    const world = worlds[row.inWorld];
    return { ...row, sweep: world?.sweep ?? world?.world ?? "" };
  });
  return { ...operationsBy(rows, "hidden by", (row) => row.sweep), id: "hidden-by" };
}

/** One row a point of a sweep. */
export function pointSheet(worlds: readonly WorldResult[]): Sheet {
  const rows = rowsOf(worlds.map(({ score }) => score)).map((row) => ({
    ...row,
    point: worlds[row.inWorld]?.world ?? "",
  }));
  const sheet = operationsBy(rows, "point", (row) => row.point);
  return { ...sheet, id: "points", title: "Points of the sweeps" };
}

function operationsBy<R extends Row>(
  rows: readonly R[],
  named: string,
  nameOf: (row: R) => string,
): Sheet {
  return {
    id: "operations",
    title: "Operations",
    note: NOTE,
    head: [named, ...HEAD],
    rows: [...Map.groupBy(rows, nameOf)].map(([name, these]) => operationRow(name, these)),
  };
}

function operationRow(name: string, rows: readonly Row[]): string[] {
  const over = (pick: (row: Row) => number | null): Interval | null => meanOf(rows, pick);
  const before = over((row) => row.exchangesBefore);
  const delays = rows.map((row) => row.delayHours).filter((delay) => delay !== null);
  const soon = rows.filter((row) => row.detected && row.exchangesBefore <= MOVING_TRACES).length;
  return [
    name,
    count(rows.length),
    whole(over((row) => row.accounts)),
    whole(over((row) => row.exchanges)),
    `${rows.filter((row) => row.detected).length}/${rows.length}`,
    percent(over((row) => row.recall)),
    percent(over((row) => row.precision)),
    percent(over((row) => row.purity)),
    percent(over((row) => row.exchangeRecall)),
    whole(before, true),
    percent(over((row) => row.shareBefore)),
    before === null ? "–" : (before.mean / MOVING_TRACES).toFixed(2),
    `${soon}/${rows.length}`,
    delays.length === 0 ? "–" : `${Math.round(median(delays))} h`,
  ];
}

/** One row a method: the pipeline and each published one on the same worlds, scored alike. */
export function methodSheet(worlds: readonly WorldResult[]): Sheet {
  const compared = worlds.filter(({ baselines }) => baselines.length > 0);
  const methods = new Map<string, ScanScore[]>();
  const add = (name: string, score: ScanScore): void => {
    methods.set(name, [...(methods.get(name) ?? []), score]);
  };
  for (const world of compared) {
    add("Stillwatch", world.score);
    for (const { name, score } of world.baselines) add(name, score);
  }
  return {
    id: "methods",
    title: "Published methods on the same worlds",
    note: "Each method's groups scored as if each were a flag. Recall is over all operations and worlds; false groups are those most of whose accounts serve no operation; false accounts are legitimate accounts in any of its groups.",
    head: [
      "method",
      "worlds",
      "operations found",
      "account recall",
      "exchange recall",
      "before alert (share)",
      "groups",
      "false groups",
      "accounts flagged",
      "false accounts",
    ],
    rows: [...methods].map(([name, scores]) => methodRow(name, scores)),
  };
}

function methodRow(name: string, scores: readonly ScanScore[]): string[] {
  const rows = rowsOf(scores);
  const mean = (pick: (row: Row) => number | null): Interval | null => meanOf(rows, pick);
  const sum = (pick: (score: ScanScore) => number): string =>
    count(scores.reduce((total, score) => total + pick(score), 0));
  return [
    name,
    count(scores.length),
    rows.length === 0 ? "–" : `${rows.filter((row) => row.detected).length}/${rows.length}`,
    percent(mean((row) => row.recall)),
    percent(mean((row) => row.exchangeRecall)),
    percent(mean((row) => row.shareBefore)),
    sum((score) => score.flaggedGroups),
    sum((score) => score.falseGroups),
    sum((score) => score.flaggedAccounts),
    sum((score) => score.falseAccounts),
  ];
}
