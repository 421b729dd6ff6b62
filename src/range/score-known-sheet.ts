import type { KnownScore } from "./score-known.ts";
import { type InWorld, meanOf } from "./score-operations.ts";
import type { CampaignScore } from "./score-scan.ts";
import { count, percent, type Sheet, whole } from "./score-sheet.ts";
import type { WorldResult } from "./run-result.ts";

const NOTE =
  "Each operation's accounts (of a pool that several use: theirs all) weighed as one group that needs no finding: the judge's signals, looks and references, on all that they send and on what of it is in wordings of their own. N₀: the operation's own exchanges before its first flag as the pipeline found it, all of them where there is none, and their share. In order: the same of the known group, at the threshold of a hypothesis that arrives after all that the judge had by then; alone: as the only hypothesis, q its whole price. N₀ less `in order` is what gathering costs, `in order` less `alone` what asking about many groups costs; `alone` is what this evidence takes however the group was come by, and coordination and harvest what each axis takes. It is no bound where the pipeline gathers several operations into one group, or only the telling part of one. Bits: running evidence of both axes at the end, of which 6.6 are asked of each at q = .01; later axis: the one that passed last, or has fewer bits. Recall if known: share of accounts that no finding leaves out, in groups flagged alone; that is not yet evidence about each of them. A relay's group takes coordination only. Means over worlds; shares with 95 % bootstrap intervals over worlds.";
const HEAD = [
  "operation",
  "worlds",
  "found",
  "if known",
  "account recall",
  "if known",
  "N₀",
  "share",
  "in order",
  "share",
  "alone",
  "share",
  "coordination",
  "harvest",
  "bits",
  "later axis",
];

interface Row extends InWorld {
  readonly score: CampaignScore;
  readonly known: KnownScore;
}

/** One row an operation, after one of all: what it takes to flag it once its accounts are known, beside what it took to find it. */
export function knownSheet(worlds: readonly WorldResult[]): Sheet {
  const rows = worlds.flatMap((world, inWorld) =>
    world.score.campaigns.flatMap((score): Row[] => {
      const known = world.known?.find(({ id }) => id === score.id);
      return known === undefined ? [] : [{ score, known, inWorld }];
    }),
  );
  const byName = [...Map.groupBy(rows, ({ score }) => score.name)];
  return {
    id: "known",
    title: "If the group were known",
    note: NOTE,
    head: HEAD,
    rows:
      rows.length === 0
        ? []
        : [["(all)", rows] as const, ...byName].map(([name, these]) => knownRow(name, these)),
  };
}

function knownRow(name: string, rows: readonly Row[]): string[] {
  const among = (holds: (row: Row) => boolean): string =>
    `${rows.filter(holds).length}/${rows.length}`;
  const share = (pick: (row: Row) => number): string => percent(meanOf(rows, pick));
  const exchanges = (pick: (row: Row) => number | null): string =>
    whole(meanOf(rows, (row) => pick(row) ?? row.score.exchanges));
  const before = (pick: (row: Row) => number | null): string[] => [
    exchanges(pick),
    share((row) => (pick(row) ?? row.score.exchanges) / Math.max(1, row.score.exchanges)),
  ];
  const bits = (pick: (known: KnownScore) => number): string =>
    (meanOf(rows, ({ known }) => pick(known))?.mean ?? 0).toFixed(1);
  return [
    name,
    count(rows.length),
    among(({ score }) => score.detected),
    among(({ known }) => known.alone !== null),
    share(({ score }) => score.recall),
    share(({ known }) => known.told),
    ...before(({ score }) => score.exchangesBefore),
    ...before(({ known }) => known.inOrder),
    ...before(({ known }) => known.alone),
    exchanges(({ known }) => known.coordination),
    exchanges(({ known }) => known.harvest),
    `${bits(({ coordinationBits }) => coordinationBits)} / ${bits(({ harvestBits }) => harvestBits)}`,
    laterAxis(rows),
  ];
}

/** The axis that passed last in most worlds, and in how many. */
function laterAxis(rows: readonly Row[]): string {
  const harvest = rows.filter(({ known }) => isHarvestLater(known)).length;
  const name = 2 * harvest >= rows.length ? "harvest" : "coordination";
  return `${name} ${Math.max(harvest, rows.length - harvest)}/${rows.length}`;
}

function isHarvestLater({ alone, coordination, harvest, ...bits }: KnownScore): boolean {
  // Flagged without harvest: a relay.
  if (alone !== null && harvest === null) return false;
  if (coordination === harvest) return bits.harvestBits < bits.coordinationBits;
  return (harvest ?? Infinity) > (coordination ?? Infinity);
}
