import { bootstrapMean, bootstrapRatio, median, wilson } from "./score-interval.ts";
import type { FlagScore } from "./score-flags.ts";
import type { ScanScore } from "./score-scan.ts";
import { count, percent, type Sheet } from "./score-sheet.ts";
import type { WorldResult } from "./run-result.ts";

/** One row a unit of counting: how many flags were wrong. */
export function discoverySheet(worlds: readonly WorldResult[]): Sheet {
  const units: [string, (world: WorldResult) => { flags: number; wrong: number }][] = [
    [
      "reported groups",
      ({ flags }) => ({
        flags: flags.length,
        wrong: flags.filter(({ positive }) => !positive).length,
      }),
    ],
    [
      "hypotheses",
      ({ study }) => {
        const flagged = study.hypotheses.filter((one) => one.flagged);
        return { flags: flagged.length, wrong: flagged.filter(({ positive }) => !positive).length };
      },
    ],
    ["accounts", ({ score }) => ({ flags: score.flaggedAccounts, wrong: score.falseAccounts })],
  ];
  return {
    id: "discoveries",
    title: "Wrong flags",
    note: "A group or hypothesis is wrong where at most half of its accounts serve an operation; an account where it serves none. The error control is over hypotheses: their false discovery proportion, averaged over worlds (0 in a world without flags), must not exceed q. 95 % bootstrap over worlds; pooled: Wilson's 95 %, which takes flags of one world as independent.",
    head: [
      "unit",
      "worlds",
      "flags",
      "wrong",
      "pooled share",
      "mean over worlds",
      "worlds with a wrong one",
    ],
    rows: units.map(([name, countOf]) => {
      const counts = worlds.map(countOf);
      const flags = counts.reduce((sum, one) => sum + one.flags, 0);
      const wrong = counts.reduce((sum, one) => sum + one.wrong, 0);
      return [
        name,
        count(worlds.length),
        count(flags),
        count(wrong),
        percent(wilson(wrong, flags)),
        percent(bootstrapMean(counts.map((one) => one.wrong / Math.max(1, one.flags)))),
        count(counts.filter((one) => one.wrong > 0).length),
      ];
    }),
  };
}

/** Upper ends of the classes of stated q, the last for what no rate flags. */
const CLASSES = [1e-9, 1e-6, 1e-4, 1e-2, 0.1, 0.999_999, 1] as const;
/** A stated chance below this is taken as this, so that one wrong flag does not make the log-loss infinite. */
const LEAST_STATED = 1e-6;

/** A statement and what was true. */
interface Stated {
  /** The chance stated that it is legitimate. */
  readonly stated: number;
  readonly legitimate: boolean;
}

/** Rows by class of stated q: how many were legitimate; then Brier score and log-loss. */
export function calibrationSheet(worlds: readonly WorldResult[]): Sheet {
  const all: Stated[] = worlds.flatMap(({ study }) =>
    study.hypotheses.map(({ qValue, positive }) => ({ stated: qValue, legitimate: !positive })),
  );
  const flags: Stated[] = worlds.flatMap((world) =>
    world.flags.map(({ qValue, positive }) => ({ stated: qValue, legitimate: !positive })),
  );
  return {
    id: "calibration",
    title: "What is stated against what is true",
    note: `The software states no probability that a group is an operation. What it states is q: the least false-discovery rate at which a hypothesis is flagged, computed from the bits of the weaker axis and the order of arrival; 1 where no rate flags it. Read as the chance that a flag is wrong it is an upper bound, so a class's share of legitimate hypotheses should lie at or below its stated q, and far below it costs nothing but boldness. Brier: mean (q − 1[legitimate])²; log-loss: mean −ln of the chance stated for what was true, q cut to ${LEAST_STATED}…1 − ${LEAST_STATED}. q = 1 says nothing, so operations that stay unflagged make up most of both: read them beside recall.`,
    head: ["stated q", "hypotheses", "legitimate", "share", "mean stated"],
    rows: [
      ...CLASSES.map((end, i) => classRow(all, CLASSES[i - 1] ?? -1, end)).filter(
        (row) => row[1] !== "0",
      ),
      ...(flags.length === 0 ? [] : [lossRow("reported groups: Brier, log-loss", flags)]),
      ...(all.length === 0 ? [] : [lossRow("hypotheses: Brier, log-loss", all)]),
    ],
  };
}

function classRow(all: readonly Stated[], above: number, end: number): string[] {
  const these = all.filter(({ stated }) => stated > above && stated <= end);
  const legitimate = these.filter((one) => one.legitimate).length;
  const mean = these.reduce((sum, { stated }) => sum + stated, 0) / Math.max(1, these.length);
  return [
    end === 1
      ? "1 (never flagged)"
      : `${above <= 0 ? "0" : above} to ${end === CLASSES[5] ? "1" : end}`,
    count(these.length),
    count(legitimate),
    percent(wilson(legitimate, these.length)),
    mean.toPrecision(2),
  ];
}

function lossRow(name: string, rows: readonly Stated[]): string[] {
  const { brier, logLoss } = losses(rows);
  return [name, count(rows.length), "", brier.toPrecision(3), logLoss.toPrecision(3)];
}

/** Brier score and log-loss of stated chances of being legitimate. */
export function losses(rows: readonly Stated[]): { brier: number; logLoss: number } {
  let brier = 0;
  let logLoss = 0;
  for (const { stated, legitimate } of rows) {
    brier += (stated - (legitimate ? 1 : 0)) ** 2;
    const cut = Math.min(1 - LEAST_STATED, Math.max(LEAST_STATED, stated));
    logLoss -= Math.log(legitimate ? cut : 1 - cut);
  }
  return { brier: brier / rows.length, logLoss: logLoss / rows.length };
}

/** One row a signal: its part of the evidence in flagged groups that are operations, and what is lost without it. */
export function signalSheet(worlds: readonly WorldResult[]): Sheet {
  const planted = worlds.filter(({ score }) => score.campaigns.length > 0);
  const flags = planted.map((world) => world.flags.filter(({ positive }) => positive));
  const variants = [
    ...new Set(planted.flatMap(({ study }) => study.ablations.map((a) => a.without))),
  ];
  return {
    id: "signals",
    title: "What each signal is worth",
    note: "Share of bits: of all positive bits on its axis, averaged over flagged groups that are operations. Testified: in how many of those groups it stood above 0; alone: in how many it was the only one above 0 on its axis. Without it: the judge's own looks and findings merged again with that signal left out, at the same error control, before members are chosen; found counts operations with a flagged hypothesis, before alert the median share of an operation's exchanges up to its first flag (all of them where not found).",
    head: [
      "signal",
      "axis",
      "share of bits",
      "testified",
      "alone",
      "without it: found",
      "before alert (median)",
      "false flags",
    ],
    rows: variants.map((signal) => [
      signal === "" ? "(all signals)" : signal,
      ...evidenceCells(flags, signal),
      ...ablationCells(planted, signal),
    ]),
  };
}

/** `worlds`: the flagged groups of each world that are operations. */
function evidenceCells(worlds: readonly (readonly FlagScore[])[], signal: string): string[] {
  if (signal === "") return ["", "", "", ""];
  let testified = 0;
  let alone = 0;
  let axis = "";
  const shares = worlds.map((flags) => {
    let sum = 0;
    for (const { evidence } of flags) {
      const own = evidence.find((one) => one.signal === signal);
      axis = own?.axis ?? axis;
      if (own === undefined || own.bits <= 0) continue;
      const side = evidence.filter((one) => one.axis === own.axis && one.bits > 0);
      sum += own.bits / side.reduce((total, { bits }) => total + bits, 0);
      testified += 1;
      if (side.length === 1) alone += 1;
    }
    return { sum, count: flags.length };
  });
  const share = percent(bootstrapRatio(shares));
  return [axis, share, `${testified}/${worlds.flat().length}`, count(alone)];
}

function ablationCells(worlds: readonly WorldResult[], without: string): string[] {
  let found = 0;
  let planted = 0;
  let falseFlags = 0;
  const before: number[] = [];
  for (const { score, study } of worlds) {
    const ablation = study.ablations.find((one) => one.without === without);
    falseFlags += ablation?.falseFlags ?? 0;
    for (const { id, exchanges } of score.campaigns) {
      planted += 1;
      const at = ablation?.found[id];
      if (at !== undefined) found += 1;
      before.push(exchanges === 0 ? 0 : (at ?? exchanges) / exchanges);
    }
  }
  return [
    `${found}/${planted}`,
    before.length === 0 ? "–" : `${(100 * median(before)).toFixed(1)} %`,
    count(falseFlags),
  ];
}

/** One line over scans of any kind, for those who have only scores. */
export function overallLine(scores: readonly ScanScore[]): string {
  const sum = (pick: (score: ScanScore) => number): number =>
    scores.reduce((total, score) => total + pick(score), 0);
  const groups = sum((score) => score.flaggedGroups);
  const wrong = sum((score) => score.falseGroups);
  const accounts = sum((score) => score.flaggedAccounts);
  const others = sum((score) => score.falseAccounts);
  const bounds = wilson(wrong, groups);
  return `${groups} groups flagged in ${scores.length} world${scores.length === 1 ? "" : "s"}, ${wrong} of them legitimate (${(100 * bounds.low).toFixed(0)}–${(100 * bounds.high).toFixed(0)} %); ${accounts} accounts, ${others} of them legitimate, ${sum((score) => score.strangers)} of those in no look-alike.`;
}
