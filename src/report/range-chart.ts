import type { Chart, Curve } from "../range/score-sheet.ts";
import { type Markup, html, trusted } from "./markup.ts";

const WIDTH = 640;
const HEIGHT = 260;
const LEFT = 46;
const RIGHT = 150;
const TOP = 14;
const BOTTOM = 46;
/** Dashes tell curves apart where colours can't. */
const DASHES = ["none", "7 4", "2 4", "9 3 2 3", "1 2"];

/** The curves' rules, beside the style sheet's. */
export const CURVE_STYLE = `
.curves svg{display:block;width:100%;max-width:820px;height:auto;font-size:11px}
.curves text{fill:var(--soft)}
.curves .title{font-size:12px;fill:var(--ink)}
.curves .rule{stroke:var(--line)}
.curves .flag{stroke:var(--soft);stroke-dasharray:4 3}
.curve path,.curve .key{fill:none;stroke:currentColor;stroke-width:2}
.curve .bar{stroke-width:1;stroke-dasharray:none;opacity:.55}
.curve circle{fill:currentColor}
.curve.c0{color:var(--coordination)}
.curve.c1{color:var(--harvest)}
.curve.c2{color:var(--ink)}
.curve.c3{color:var(--warmline)}
.curve.c4{color:var(--minus)}
`;

/** Curves from 0 to 1 over named places, with a bar for each interval; the figures follow as a table for those who can't see it. */
export function rangeChart(chart: Chart): Markup {
  const places = placesOf(chart.curves);
  return html`<figure class="chart curves" id="${chart.id}">
    <figcaption><b>${chart.title}.</b> ${chart.note}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${chart.title}">
      ${[0, 0.25, 0.5, 0.75, 1].map(gridLine)}
      ${places.map((at, x) => placeMark(at, x, places.length))}
      ${chart.mark === undefined ? undefined : markLine(chart.mark, places.length)}
      ${chart.curves.map((curve, i) => curveLine(curve, i, places.length))}
      <text
        class="title"
        x="${xOf(0, 2) + (WIDTH - LEFT - RIGHT) / 2}"
        y="${HEIGHT - 6}"
        text-anchor="middle"
      >
        ${chart.xTitle}
      </text>
      <text class="title" x="${LEFT}" y="${TOP - 4}" text-anchor="start">${chart.yTitle}</text>
    </svg>
    <details class="small">
      <summary>The figures</summary>
      ${figures(chart, places)}
    </details>
  </figure>`;
}

function placesOf(curves: readonly Curve[]): string[] {
  const places: string[] = [];
  for (const { points } of curves) for (const { x, at } of points) places[x] = at;
  return places;
}

function gridLine(y: number): Markup {
  return html`<line
      class="rule"
      x1="${LEFT}"
      x2="${WIDTH - RIGHT}"
      y1="${yOf(y)}"
      y2="${yOf(y)}"
    /><text x="${LEFT - 8}" y="${yOf(y) + 4}" text-anchor="end">${100 * y} %</text>`;
}

function placeMark(at: string, x: number, count: number): Markup {
  return html`<text x="${xOf(x, count)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle"
    >${at}</text
  >`;
}

function markLine({ x, words }: NonNullable<Chart["mark"]>, count: number): Markup {
  return html`<line
      class="flag"
      x1="${xOf(x, count)}"
      x2="${xOf(x, count)}"
      y1="${TOP}"
      y2="${HEIGHT - BOTTOM}"
    /><text x="${xOf(x, count) + 5}" y="${TOP + 10}">${words}</text>`;
}

function curveLine(curve: Curve, index: number, count: number): Markup {
  const last = curve.points.at(-1);
  if (last === undefined) return html``;
  const path = curve.points
    .map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${xOf(x, count)} ${yOf(y.mean)}`)
    .join("");
  const bars = curve.points
    .filter(({ y }) => y.high > y.low)
    .map(({ x, y }) => {
      const at = xOf(x, count) + 3 * index;
      return `M${at} ${yOf(y.low)}V${yOf(y.high)}`;
    })
    .join("");
  return html`<g class="curve c${index % 5}">
    <path d="${trusted(path)}" stroke-dasharray="${DASHES[index % DASHES.length] ?? "none"}" />
    <path class="bar" d="${trusted(bars)}" />
    ${curve.points.map(({ x, y }) => html`<circle cx="${xOf(x, count)}" cy="${yOf(y.mean)}" r="3" />`)}
    <line
      class="key"
      x1="${WIDTH - RIGHT + 12}"
      x2="${WIDTH - RIGHT + 34}"
      y1="${TOP + 8 + 18 * index}"
      y2="${TOP + 8 + 18 * index}"
      stroke-dasharray="${DASHES[index % DASHES.length] ?? "none"}"
    />
    <text x="${WIDTH - RIGHT + 40}" y="${TOP + 12 + 18 * index}">${curve.name}</text>
  </g>`;
}

function figures({ curves, xTitle }: Chart, places: readonly string[]): Markup {
  const cell = (curve: Curve, x: number): string => {
    const point = curve.points.find((one) => one.x === x);
    if (point === undefined) return "–";
    const show = (value: number): string => (100 * value).toFixed(0);
    const { mean, low, high } = point.y;
    return high > low ? `${show(mean)} % (${show(low)}–${show(high)})` : `${show(mean)} %`;
  };
  return html`<table>
    <thead>
      <tr>
        <th>${xTitle}</th>
        ${curves.map(({ name }) => html`<th class="number">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${places.map(
        (at, x) =>
          html`<tr>
            <th>${at}</th>
            ${curves.map((curve) => html`<td class="number">${cell(curve, x)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function xOf(place: number, count: number): number {
  const room = WIDTH - LEFT - RIGHT;
  return rounded(LEFT + (count < 2 ? room / 2 : 14 + (place / (count - 1)) * (room - 28)));
}

function yOf(share: number): number {
  return rounded(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM));
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
