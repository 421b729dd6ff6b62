import { bootstrapMean, wilson } from "./score-interval.ts";
import { knownSheet } from "./score-known-sheet.ts";
import { familySheet, nullFamilySheet, nullSheet, peopleSheet } from "./score-legitimate.ts";
import {
  methodSheet,
  MOVING_TRACES,
  operationSheet,
  pointSheet,
  sweepSheet,
} from "./score-operations.ts";
import { calibrationSheet, discoverySheet, overallLine, signalSheet } from "./score-overall.ts";
import type { Chart, Curve, Sheet } from "./score-sheet.ts";
import type { RunFile, RunHeader, WorldFailure, WorldResult } from "./run-result.ts";
import type { Suite } from "./suite.ts";

/** Everything there is to show of one suite. */
export interface SuiteSummary {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly header: RunHeader;
  /** One paragraph: worlds, exchanges, seconds, and how many flags were wrong. */
  readonly inShort: string;
  readonly sheets: readonly Sheet[];
  readonly charts: readonly Chart[];
  readonly failures: readonly WorldFailure[];
}

/** Sums up a run, suite by suite, in the order of `suites`; suites without a finished world are left out. */
export function summarize(file: RunFile, suites: readonly Suite[]): SuiteSummary[] {
  return suites.flatMap((suite) => {
    const header = file.headers.find((one) => one.suite === suite.id);
    const worlds = file.worlds.filter((world) => world.suite === suite.id);
    const failures = file.failures.filter((one) => one.suite === suite.id);
    if (header === undefined || worlds.length === 0) return [];
    return [
      {
        id: suite.id,
        title: suite.title,
        about: suite.about,
        header,
        inShort: inShort(header, worlds, failures),
        sheets: sheetsOf(worlds),
        charts: [...sweepCharts(worlds), ...alertCharts(worlds)],
        failures,
      },
    ];
  });
}

function sheetsOf(worlds: readonly WorldResult[]): Sheet[] {
  const scores = worlds.map(({ score }) => score);
  const swept = worlds.filter(({ point }) => point !== undefined);
  const kinds = worlds.filter(({ point, sweep }) => point === undefined && sweep !== undefined);
  const sheets = [
    ...(swept.length > 0 ? [pointSheet(swept)] : []),
    ...(kinds.length > 0 ? [sweepSheet(kinds)] : []),
    ...(swept.length < worlds.length ? [operationSheet(scores)] : []),
    knownSheet(worlds),
    methodSheet(worlds),
    familySheet(scores),
    peopleSheet(worlds),
    discoverySheet(worlds),
    calibrationSheet(worlds),
    signalSheet(worlds),
    nullSheet(worlds),
    nullFamilySheet(worlds),
  ];
  return sheets.filter(({ rows }) => rows.length > 0);
}

function inShort(
  header: RunHeader,
  worlds: readonly WorldResult[],
  failures: readonly WorldFailure[],
): string {
  const sum = (pick: (world: WorldResult) => number): number =>
    worlds.reduce((total, world) => total + pick(world), 0);
  const whole = (value: number): string => Math.round(value).toLocaleString("en");
  // Runs of some of a suite's worlds each, read together, come to more than any of them set out to do.
  const planned = Math.max(header.worlds, worlds.length + failures.length);
  const missing = planned - worlds.length - failures.length;
  const unfinished = [
    ...(missing > 0 ? [`${missing} not run`] : []),
    ...(failures.length > 0 ? [`${failures.length} failed`] : []),
  ];
  const scale = header.scale === null ? "" : `, scale ${header.scale}`;
  return `${worlds.length} worlds of ${planned}${unfinished.length === 0 ? "" : ` (${unfinished.join(", ")})`}, size ${header.size}${scale}, q ${header.q}: ${whole(sum((world) => world.exchanges))} exchanges of ${whole(sum((world) => world.accounts))} accounts; ${whole(sum(({ seconds }) => seconds.compose))} s to compose, ${whole(sum(({ seconds }) => seconds.scan))} s to scan. ${overallLine(worlds.map(({ score }) => score))}`;
}

/** One chart a sweep: the share of the operation's accounts found, along the first dial, a curve for each value of the second. */
function sweepCharts(worlds: readonly WorldResult[]): Chart[] {
  const swept = worlds.filter(({ point }) => point !== undefined);
  return [...Map.groupBy(swept, ({ sweep }) => sweep ?? "")].map(([name, these], i) => {
    const [along, across] = Object.keys(these[0]?.point ?? {});
    const places = numbersOf(these, along);
    const curves = [...Map.groupBy(these, ({ point }) => point?.[across ?? ""])].map(
      ([value, group]): Curve => ({
        name: across === undefined ? "found" : `${across} ${value}`,
        points: places.flatMap((place, x) => {
          const here = group.filter(({ point }) => point?.[along ?? ""] === place);
          if (here.length === 0) return [];
          const recalls = here.flatMap(({ score }) => score.campaigns.map(({ recall }) => recall));
          return [{ x, at: String(place), y: bootstrapMean(recalls) }];
        }),
      }),
    );
    return {
      id: `sweep-${i + 1}`,
      title: name,
      note: "Share of the operation's accounts in groups flagged as a campaign, mean over seeds; bars are 95 % bootstrap intervals.",
      xTitle: along ?? "",
      yTitle: "account recall",
      curves,
    };
  });
}

function numbersOf(worlds: readonly WorldResult[], dial: string | undefined): number[] {
  const values = new Set(worlds.flatMap(({ point }) => point?.[dial ?? ""] ?? []));
  return [...values].toSorted((a, b) => a - b);
}

const STEPS = [10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000];

/** How many operations were found before so many of their exchanges were answered. */
function alertCharts(worlds: readonly WorldResult[]): Chart[] {
  const rows = worlds
    .filter(({ point }) => point === undefined)
    .flatMap(({ score }) => score.campaigns);
  if (rows.length === 0) return [];
  const curveOf = (name: string, these: typeof rows): Curve => ({
    name,
    points: STEPS.map((step, x) => ({
      x,
      at: step.toLocaleString("en"),
      y: wilson(
        these.filter((row) => row.detected && row.exchangesBefore <= step).length,
        these.length,
      ),
    })),
  });
  return [
    {
      id: "alerts",
      title: "Found before so many exchanges",
      note: "Share of operations (times worlds) flagged before so many of their own exchanges were answered; bars are Wilson's 95 % intervals.",
      xTitle: "the operation's exchanges before the alert",
      yTitle: "share found",
      curves: [curveOf("all operations", rows)],
      mark: { x: STEPS.indexOf(MOVING_TRACES), words: "traces that already move a student" },
    },
  ];
}
