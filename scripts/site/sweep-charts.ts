import type { Chart, Curve } from "../../src/range/score-sheet.ts";

type Point = Curve["points"][number];

/** A row of the table: `cover × paraphrases: cover 0.5, paraphrases 20`, and the recall beside it. */
interface Row {
  readonly sweep: string;
  readonly place: number;
  /** The curve it belongs to. */
  readonly across: string;
  readonly recall: Point["y"];
}

/**
 * The range's sweeps of two dials as charts, from the published table ("Points of the sweeps" in docs/range.md).
 * Throws where the page has no such table.
 */
export function sweepCharts(rangePage: string): readonly Chart[] {
  const rows = readRows(rangePage);
  return [...Map.groupBy(rows, ({ sweep }) => sweep)].map(([title, these]): Chart => {
    const places = [...new Set(these.map(({ place }) => place))].toSorted((a, b) => a - b);
    const curves = [...Map.groupBy(these, ({ across }) => across)].map(([name, own]): Curve => ({
      name,
      points: own
        .map(({ place, recall }) => ({ x: places.indexOf(place), at: String(place), y: recall }))
        .toSorted((a, b) => a.x - b.x),
    }));
    return {
      id: title.replaceAll(/\W+/g, "-"),
      title,
      note: "Share of the operation's accounts in groups flagged as a campaign.",
      xTitle: title.split(" × ")[0] ?? "",
      yTitle: "account recall",
      curves: curves.toSorted((a, b) => lastNumber(a.name) - lastNumber(b.name)),
    };
  });
}

function readRows(rangePage: string): readonly Row[] {
  const section = rangePage.split("### Points of the sweeps")[1]?.split("\n#")[0] ?? "";
  const [head = [], , ...body] = section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const column = head.indexOf("account recall");
  if (column < 0) throw new Error("docs/range.md has no table of the sweeps' points.");
  return body.flatMap((cells): Row[] => {
    const [, sweep, place, across] =
      /^(.+ × .+): \S+ ([\d.]+), (\S+ [\d.]+)$/.exec(cells[1] ?? "") ?? [];
    if (sweep === undefined || across === undefined) return [];
    return [{ sweep, place: Number(place), across, recall: interval(cells[column] ?? "") }];
  });
}

/** `96.3 %` or `96.3 % (90.1–98.0)` as shares. */
function interval(cell: string): Point["y"] {
  const [mean = 0, low = mean, high = mean] = [...cell.matchAll(/[\d.]+/g)].map(
    ([number]) => Number(number) / 100,
  );
  return { mean, low, high };
}

function lastNumber(name: string): number {
  return Number(name.split(" ").at(-1));
}
