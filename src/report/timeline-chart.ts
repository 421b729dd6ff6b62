import type { GroupDetail } from "../core/assessment.ts";
import { type Markup, html, trusted } from "./markup.ts";
import { type TimeBins, binCount, binPhrase, binned, timeBins } from "./time-bins.ts";
import { day, grouped, minute } from "./wording.ts";

const HOUR_MS = 3_600_000;
const WIDTH = 960;
const HEIGHT = 60;

/**
 * The group's exchanges over time beneath everyone's, each to its own height, with the moment of the flag. Drawn
 * without text inside, so that it can stretch to any width; the words stand round it.
 */
export function timelineChart(
  detail: GroupDetail,
  detectedAt: string | null,
  mostBins: number,
): Markup {
  const bins = timeBins(detail.everyone.length, mostBins);
  const from = Date.parse(detail.from);
  const hours = bins.bins * bins.hoursPerBin;
  const flaggedX =
    detectedAt === null ? undefined : ((Date.parse(detectedAt) - from) / HOUR_MS / hours) * WIDTH;
  const until = new Date(from + detail.everyone.length * HOUR_MS).toISOString();
  const everyone = binned(detail.everyone, bins);
  const group = binned(detail.group, bins);
  return html`<figure class="chart">
    <figcaption><b>Through time.</b> ${summary(group, everyone, detail, bins)}</figcaption>
    ${panel("Everyone", "everyone", everyone, bins, flaggedX)}
    ${panel("This group", "group", group, bins, flaggedX)}
    <div class="axis">
      <span>${day(detail.from)}</span>${
        detectedAt === null
          ? undefined
          : html`<span class="flag-note">┆ flagged ${minute(detectedAt)} UTC</span>`
      }<span>${day(until)}</span>
    </div>
  </figure>`;
}

function panel(
  name: string,
  kind: string,
  sums: Float64Array,
  bins: TimeBins,
  flaggedX: number | undefined,
): Markup {
  const peak = Math.max(...sums);
  const mark =
    flaggedX === undefined
      ? undefined
      : html`<line
          class="flag"
          x1="${fixed(flaggedX)}"
          x2="${fixed(flaggedX)}"
          y1="0"
          y2="${HEIGHT}"
        />`;
  return html`<div class="panel">
    <p>${name}<span>peak ${grouped(peak)} in ${binPhrase(bins)}</span></p>
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path class="${kind}" d="${trusted(area(sums, peak))}" />
      ${mark}
    </svg>
  </div>`;
}

function area(sums: Float64Array, peak: number): string {
  const step = WIDTH / sums.length;
  let path = `M0 ${HEIGHT}`;
  let height = HEIGHT;
  for (let bin = 0; bin < sums.length; bin++) {
    const next = peak === 0 ? HEIGHT : Math.round((1 - (sums[bin] ?? 0) / peak) * HEIGHT);
    if (next === height) continue;
    path += `H${fixed(bin * step)}V${next}`;
    height = next;
  }
  return `${path}H${WIDTH}V${HEIGHT}Z`;
}

function summary(
  group: Float64Array,
  everyone: Float64Array,
  detail: GroupDetail,
  bins: TimeBins,
): string {
  const busiest = group.indexOf(Math.max(...group));
  const at = new Date(Date.parse(detail.from) + busiest * bins.hoursPerBin * HOUR_MS).toISOString();
  const all = everyone[busiest] ?? 0;
  const share =
    all === 0 ? "" : `, ${Math.round(((group[busiest] ?? 0) / all) * 100)} % of everyone's`;
  const active = group.filter((count) => count > 0).length;
  return `The group was active in ${grouped(active)} of ${binCount(group.length, bins)}; its busiest began ${minute(at)} UTC with ${grouped(group[busiest] ?? 0)} exchanges${share}.`;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
