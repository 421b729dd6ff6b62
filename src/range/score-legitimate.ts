import { bootstrapRatio, type Interval, wilson } from "./score-interval.ts";
import { PRICES } from "./score-census.ts";
import type { LookalikeScore, ScanScore } from "./score-scan.ts";
import { count, decimal, percent, type Sheet } from "./score-sheet.ts";
import type { WorldResult } from "./run-result.ts";
import type { HypothesisScore } from "./score-study.ts";

/** One row a family of look-alikes: what was flagged of it, and what those accounts spend. */
export function familySheet(scores: readonly ScanScore[]): Sheet {
  const rows = scores.flatMap(({ lookalikes }) => lookalikes);
  return {
    id: "look-alikes",
    title: "Legitimate look-alikes",
    note: `A group counts as flagged where any of its accounts is in a flagged group; Wilson's 95 % interval. Spend: tokens priced at ${PRICES.input} dollars a million in (${PRICES.cached} where presented again) and ${PRICES.output} out, a made-up list price. Assessed: how many of its accounts are in groups of each assessment.`,
    head: [
      "family",
      "groups",
      "flagged",
      "95 %",
      "accounts",
      "flagged",
      "their spend",
      "of",
      "as relay",
      "assessed (accounts)",
    ],
    rows: [...Map.groupBy(rows, ({ family }) => family)]
      .map(([family, these]) => familyRow(family, these))
      .toSorted((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1)),
  };
}

function familyRow(family: string, rows: readonly LookalikeScore[]): string[] {
  const sum = (pick: (row: LookalikeScore) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  const groups = sum((row) => row.groups);
  const flagged = sum((row) => row.groupsFlagged);
  return [
    family,
    count(groups),
    count(flagged),
    bounds(wilson(flagged, groups)),
    count(sum((row) => row.accounts)),
    count(sum((row) => row.accountsFlagged)),
    `$${count(sum((row) => row.spendFlagged))}`,
    `$${count(sum((row) => row.spend))}`,
    count(sum((row) => row.accountsRelay)),
    assessed(rows),
  ];
}

function assessed(rows: readonly LookalikeScore[]): string {
  const totals = new Map<string, number>();
  for (const row of rows) {
    for (const [name, n] of Object.entries(row.assessments)) {
      totals.set(name, (totals.get(name) ?? 0) + n);
    }
  }
  return [...totals].map(([name, n]) => `${name} ${n}`).join(", ") || "–";
}

/** One row a kind of people: legitimate accounts in flagged groups. */
export function peopleSheet(worlds: readonly WorldResult[]): Sheet {
  const rows = worlds.flatMap(({ people }) => people);
  return {
    id: "people",
    title: "False flags by language, region and plan",
    note: "Legitimate accounts, look-alikes among them, and how many are in a flagged group; Wilson's 95 % interval (accounts of one group fall together, so it is too narrow where any is flagged).",
    head: ["people", "accounts", "flagged", "rate", "95 %"],
    rows: [...Map.groupBy(rows, ({ trait, value }) => `${trait} ${value}`)].map(([name, these]) => {
      const accounts = these.reduce((sum, row) => sum + row.accounts, 0);
      const flagged = these.reduce((sum, row) => sum + row.flagged, 0);
      const rate = wilson(flagged, accounts);
      return [
        name,
        count(accounts),
        count(flagged),
        `${(100 * rate.mean).toFixed(2)} %`,
        bounds(rate, 2),
      ];
    }),
  };
}

const EVERY = "every family";
const INDEPENDENT = "independent parties";
/** With fewer worlds than this an interval over worlds says nothing. */
const LEAST_WORLDS = 8;

/** Large e-values are cut here in the second mean, which must obey the same bound and hangs less on a few draws. */
const CUT = 16;

/** One row a signal: the mean of its e-values over groups in worlds without an operation. */
export function nullSheet(worlds: readonly WorldResult[]): Sheet {
  const innocent = worlds.filter(({ score }) => score.campaigns.length === 0);
  const rows = measuresOf(innocent).flatMap((measure) =>
    [EVERY, INDEPENDENT].map((whom) => {
      const found = meanE(innocent, measure, whom);
      return [
        `${measure}, ${whom}`,
        count(found.groups),
        decimal(found.plain),
        decimal(found.cut),
        found.groups === 0 ? "–" : found.largest.toFixed(1),
        found.verdict,
      ];
    }),
  );
  return {
    id: "null",
    title: "E-values where there is no operation",
    note: `Every group that reached a look in worlds without an operation; a signal that gathered the group does not testify and is left out. Mean e-value at the last look and 99 % bootstrap interval over whole worlds: at most 1 where the null holds. Beside it the mean of min(e, ${CUT}), which must obey the same bound and hangs less on a few draws. The null of coordination is "independent parties given what gathered them": it holds in the rows of that name, which leave out groups most of whose accounts share an organization, a card, a phone or a device with another member. Harvest signals' null is "at most half of it looks like harvesting", which some families truly exceed (batches, agreements, evaluation): above 1 there is a true statement and not a false one. "Both axes" is the running evidence over all looks, the smaller of the two axes: what is flagged by.`,
    head: ["signal, groups", "n", "mean e", `mean min(e, ${CUT})`, "largest bits", "verdict"],
    rows,
  };
}

/** One row a family: the mean e-value of each signal on its groups. */
export function nullFamilySheet(worlds: readonly WorldResult[]): Sheet {
  const innocent = worlds.filter(({ score }) => score.campaigns.length === 0);
  const all = innocent.flatMap(({ study }) => study.hypotheses);
  const families = [...new Set(all.map(({ family }) => family))].toSorted();
  const measures = measuresOf(innocent);
  return {
    id: "null-families",
    title: "The same by family of look-alikes",
    note: `Mean of min(e, ${CUT}) with its 99 % interval (none below ${LEAST_WORLDS} worlds), by the family of most of a group's accounts; ▲ where it lies above 1 beyond the interval. Families that one owner runs are not independent parties: there coordination above 1 is true, and harvest alone must keep them from being flagged.`,
    head: ["family", "n", "of one owner", ...measures],
    rows: families.map((family) => {
      const own = all.filter((one) => one.family === family);
      return [
        family,
        count(own.length),
        count(own.filter(({ oneOwner }) => oneOwner).length),
        ...measures.map((measure) => familyCell(meanE(innocent, measure, family))),
      ];
    }),
  };
}

function familyCell({ cut, verdict: said }: MeanE): string {
  if (said === TOO_FEW) return decimal({ ...cut, low: cut.mean, high: cut.mean });
  return `${said === ABOVE ? "▲ " : ""}${decimal(cut)}`;
}

function measuresOf(worlds: readonly WorldResult[]): string[] {
  const all = worlds.flatMap(({ study }) => study.hypotheses);
  if (all.length === 0) return [];
  const signals = new Set(all.flatMap((one) => Object.keys(one.signals)));
  return [...signals, "coordination", "harvest", "both axes"];
}

/** The mean of e-values of a measure over groups of a kind. */
interface MeanE {
  readonly groups: number;
  readonly plain: Interval;
  readonly cut: Interval;
  readonly largest: number;
  readonly verdict: string;
}

const TOO_FEW = "too few worlds";
const ABOVE = "above 1";

function meanE(worlds: readonly WorldResult[], measure: string, whom: string): MeanE {
  const values = worlds.map(({ study }) =>
    study.hypotheses
      .filter((one) => belongs(one, whom))
      .map((one) => bitsOf(one, measure))
      .filter((bits) => bits !== undefined),
  );
  const mean = (transform: (e: number) => number): Interval =>
    bootstrapRatio(
      values.map((list) => ({
        sum: list.reduce((sum, bits) => sum + transform(2 ** bits), 0),
        count: list.length,
      })),
      0.99,
    );
  const plain = mean((e) => e);
  const cut = mean((e) => Math.min(e, CUT));
  const few = values.filter((list) => list.length > 0).length < LEAST_WORLDS;
  return {
    groups: values.flat().length,
    plain,
    cut,
    largest: Math.max(...values.flat()),
    verdict: few ? TOO_FEW : verdict(plain, cut),
  };
}

function belongs(one: HypothesisScore, whom: string): boolean {
  if (whom === EVERY) return true;
  return whom === INDEPENDENT ? !one.oneOwner : one.family === whom;
}

function bitsOf(one: HypothesisScore, measure: string): number | undefined {
  if (measure === "coordination") return one.coordination;
  if (measure === "harvest") return one.harvest;
  if (measure === "both axes") return one.running;
  return one.signals[measure];
}

function verdict(plain: Interval, cut: Interval): string {
  if (cut.low > 1) return ABOVE;
  return Math.max(plain.high, cut.high) <= 1 ? "at most 1" : "not decided";
}

function bounds(interval: Interval, digits = 1): string {
  return percent({ ...interval, mean: interval.low, high: interval.low }, digits).replace(
    " %",
    `–${(100 * interval.high).toFixed(digits)} %`,
  );
}
