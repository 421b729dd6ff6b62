import type {
  BacktestResult,
  FlagChange,
  FlagComparison,
  FlagSummary,
  LabelScore,
} from "../core/backtest-result.ts";
import { printable } from "../report/printable.ts";
import { bits, counted, day, grouped, minute, percent } from "../report/wording.ts";
import { wrapped } from "../report/wrapped.ts";

const FLAGS_SHOWN = 40;

const CHANGES: Readonly<Record<FlagChange, string>> = {
  lost: "no longer flagged",
  won: "newly flagged",
  earlier: "flagged earlier",
  later: "flagged later",
  same: "flagged at the same time",
  split: "split off another flagged group",
  merged: "merged into another flagged group",
};

/** What `stillwatch backtest` prints: settings that change, what becomes of each flag, and labels. */
export function backtestTable(result: BacktestResult, columns: number): string {
  const width = Math.max(60, Math.min(columns, 120));
  const { from, to } = result.window;
  const when = from === null ? "" : `, ${day(from)} to ${day(to)}`;
  const parts = [
    wrapped(
      `Judged ${counted(result.exchanges, "exchange")} of ${counted(result.accounts, "account")} twice${when}.`,
      width,
    ),
    settings(result, width),
    flags(result, width),
    labels(result, width),
    "Nothing has been changed: a scan with --config judges by the new settings.",
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function settings({ settings: changes }: BacktestResult, width: number): string {
  if (changes.length === 0) return "The settings are those of the last scan.";
  const said = ({ setting, before, after }: BacktestResult["settings"][number]): string =>
    wrapped(`${setting}: ${String(before)} → ${String(after)}`, width, "  ");
  return ["Settings that change:", ...changes.map(said)].join("\n");
}

function flags(result: BacktestResult, width: number): string {
  const { flags: all, accounts_lost: lost, accounts_won: won } = result;
  const old = all.filter(({ before }) => before !== null).length;
  const fresh = all.filter(({ after }) => after !== null).length;
  const hidden = all.length - FLAGS_SHOWN;
  return [
    wrapped(
      `Flagged: ${counted(old, "group")} before, ${grouped(fresh)} after; ${counted(result.accounts_before, "account")} before, ${grouped(result.accounts_after)} after (${grouped(lost.length)} lost, ${grouped(won.length)} won).`,
      width,
    ),
    ...all.slice(0, FLAGS_SHOWN).map((flag) => wrapped(flagLine(flag), width, "  ")),
    ...(hidden > 0 ? [`  and ${counted(hidden, "more group")}: see --json.`] : []),
  ].join("\n");
}

function flagLine({ change, before, after, otherwise }: FlagComparison): string {
  const name = printable((before ?? after)?.group ?? "");
  const said = `${name}: ${CHANGES[change]}`;
  if (before !== null && after !== null) {
    const renamed = before.group === after.group ? "" : ` (${printable(after.group)} after)`;
    const time =
      change === "same"
        ? minute(after.detected_at)
        : `${minute(before.detected_at)} → ${minute(after.detected_at)}`;
    return `${said}${renamed}, ${time} UTC. Before the alert ${fromTo(before, after, "exchanges_before_alert")} of ${counted(after.exchanges, "exchange")}; ${fromTo(before, after, "accounts")} accounts; ${bits(before.bits)} → ${bits(after.bits)} bits.`;
  }
  const flag = before ?? after;
  if (flag === null) return said;
  const told =
    change === "lost" || change === "won"
      ? ` ${change === "lost" ? "Now" : "Before"} ${otherwise === null ? "nothing is said of most of its accounts" : `${otherwise.assessment}: ${printable(otherwise.reason)}`.replace(/\.$/, "")}.`
      : "";
  return `${said}. ${counted(flag.accounts, "account")}, ${minute(flag.detected_at)} UTC, ${counted(flag.exchanges_before_alert, "exchange")} of ${grouped(flag.exchanges)} before the alert, ${bits(flag.bits)} bits.${told}`;
}

function fromTo(
  before: FlagSummary,
  after: FlagSummary,
  key: "accounts" | "exchanges_before_alert",
): string {
  return before[key] === after[key]
    ? grouped(after[key])
    : `${grouped(before[key])} → ${grouped(after[key])}`;
}

function labels({ labels: scores }: BacktestResult, width: number): string {
  if (scores === null) return "";
  const { positive, legitimate, before, after } = scores;
  const precision = ({
    precision: share,
    flagged_positive,
    flagged_legitimate,
  }: LabelScore): string =>
    `${shareOf(share)} (${grouped(flagged_positive)} of ${grouped(flagged_positive + flagged_legitimate)} flagged)`;
  const recall = ({ recall: share, flagged_positive }: LabelScore): string =>
    `${shareOf(share)} (${grouped(flagged_positive)} of ${grouped(positive)})`;
  return [
    wrapped(
      `Against ${counted(positive, "account")} labelled positive and ${grouped(legitimate)} labelled legitimate:`,
      width,
    ),
    wrapped(`precision: ${precision(before)} → ${precision(after)}`, width, "  "),
    wrapped(`recall: ${recall(before)} → ${recall(after)}`, width, "  "),
  ].join("\n");
}

function shareOf(share: number | null): string {
  return share === null ? "–" : percent(share);
}
