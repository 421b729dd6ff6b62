import { ASSESSMENTS, type Assessment, type Group, type ScanResult } from "../core/assessment.ts";
import { type Markup, html } from "./markup.ts";
import { bits, grouped, weakerAxisBits } from "./wording.ts";

const WIDTH = 460;
const HEIGHT = 350;
const EDGE = { left: 40, right: 14, top: 14, bottom: 40 };
const TICKS = [0, 1, 4, 16, 64, 256, 1024];
/** Bits that the scale reaches at least. */
const LEAST_REACH = 64;
const NUMBERED = 40;
/** Numbers nearer to each other than this would cover each other. */
const APART = 15;

interface Point {
  readonly group: Group;
  /** Place among the flagged groups, from 1; 0 where it is not flagged. */
  readonly place: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Every group by its evidence on both axes, told apart by shape as well as colour, with the region where flagged groups
 * lie. The scale is log₂(1 + bits); evidence under nought stands at nought. Tables beside it hold the same numbers.
 */
export function axisMap(result: ScanResult, flagged: readonly Group[]): Markup {
  const { groups } = result;
  if (groups.length === 0) return html``;
  const most = Math.max(
    LEAST_REACH,
    ...groups.flatMap((group) => [group.coordination_bits, group.harvest_bits]),
  );
  const at = (value: number) => Math.log2(1 + Math.max(0, value)) / Math.log2(1 + most);
  const x = (value: number) => EDGE.left + at(value) * (WIDTH - EDGE.left - EDGE.right);
  const y = (value: number) => HEIGHT - EDGE.bottom - at(value) * (HEIGHT - EDGE.top - EDGE.bottom);
  const places = new Map(flagged.map((group, index) => [group.id, index + 1]));
  // Flagged groups are drawn last, over the others, and the strongest of them last of all.
  const points = groups
    .map((group) => ({
      group,
      place: places.get(group.id) ?? 0,
      x: x(group.coordination_bits),
      y: y(group.harvest_bits),
    }))
    .toSorted((a, b) => (b.place || Infinity) - (a.place || Infinity) || 0);
  const ticks = TICKS.filter((tick) => tick <= most);
  const from = flagged.length === 0 ? Math.log2(1 / result.q) : leastFlagged(flagged);
  return html`<figure class="map">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" focusable="false">
      ${ticks.map((tick) => html`<line class="base" x1="${fixed(x(tick))}" x2="${fixed(x(tick))}" y1="${EDGE.top}" y2="${HEIGHT - EDGE.bottom}" /><line class="base" x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}" /><text x="${fixed(x(tick))}" y="${HEIGHT - EDGE.bottom + 15}" text-anchor="middle">${tick}</text><text x="${EDGE.left - 6}" y="${fixed(y(tick) + 4)}" text-anchor="end">${tick}</text>`)}
      <rect
        class="region"
        x="${fixed(x(from))}"
        y="${EDGE.top}"
        width="${fixed(WIDTH - EDGE.right - x(from))}"
        height="${fixed(y(from) - EDGE.top)}"
      />
      <text x="${WIDTH - EDGE.right - 6}" y="${EDGE.top + 15}" text-anchor="end">
        ${flagged.length === 0 ? "a flag needs at least this" : "flagged"}
      </text>
      <text x="${(WIDTH + EDGE.left - EDGE.right) / 2}" y="${HEIGHT - 5}" text-anchor="middle">
        coordination, bits →
      </text>
      <text
        x="${-(HEIGHT - EDGE.bottom + EDGE.top) / 2}"
        y="11"
        text-anchor="middle"
        transform="rotate(-90)"
      >
        harvest, bits →
      </text>
      ${points.map(({ group, x: cx, y: cy }) => shape(group.assessment, cx, cy, group.id))}
      ${numbered(points).map((point) => html`<text class="no" x="${fixed(point.x + 8)}" y="${fixed(point.y + 4)}">${point.place}</text>`)}
    </svg>
    <figcaption>${legend(groups, flagged, from)}</figcaption>
  </figure>`;
}

/** Where the strongest flagged groups are numbered, as far as the numbers don't cover each other. */
function numbered(points: readonly Point[]): readonly Point[] {
  const shown: Point[] = [];
  for (const point of points.toReversed()) {
    if (point.place === 0 || point.place > NUMBERED) continue;
    const covered = shown.some(
      (one) => Math.abs(one.x - point.x) < APART && Math.abs(one.y - point.y) < APART,
    );
    if (!covered) shown.push(point);
  }
  return shown;
}

function legend(groups: readonly Group[], flagged: readonly Group[], from: number): Markup {
  const kinds = ASSESSMENTS.filter((kind) => groups.some((group) => group.assessment === kind));
  return html`<ul class="plain">
      ${kinds.map(
        (kind) =>
          html`<li>
            <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">${shape(kind, 8, 8)}</svg
            ><b>${grouped(groups.filter((group) => group.assessment === kind).length)}</b> ${kind}
          </li>`,
      )}
    </ul>
    <p>
      ${
        flagged.length === 0
          ? `Nothing lies where both axes reach ${bits(from)} bits, the least that any flag needs; the more groups there are, the more it takes.`
          : `A flag needs both axes: the flagged groups lie where each reaches ${bits(from)} bits or more. Numbers are those of the sections below.`
      }
    </p>`;
}

function shape(kind: Assessment, x: number, y: number, name?: string): Markup {
  const title = name === undefined ? undefined : html`<title>${name}: ${kind}</title>`;
  const place = `translate(${fixed(x)} ${fixed(y)})`;
  if (kind === "explained" || kind === "watch") {
    const radius = kind === "watch" ? 2 : 4;
    return html`<circle class="${kind}" transform="${place}" r="${radius}">${title}</circle>`;
  }
  return html`<path class="${kind}" transform="${place}" d="${SHAPES[kind]}">${title}</path>`;
}

const SHAPES: Readonly<Record<Exclude<Assessment, "explained" | "watch">, string>> = {
  campaign: "M-5-5H5V5H-5Z",
  relay: "M0-6L5.5 4.5H-5.5Z",
  bulk: "M0-6L6 0L0 6L-6 0Z",
  undetermined: "M-5 0H5M0-5V5",
};

function leastFlagged(flagged: readonly Group[]): number {
  return Math.min(...flagged.map(weakerAxisBits));
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
