import type { Group, GroupDetail } from "../core/assessment.ts";
import { type Markup, html } from "./markup.ts";
import { stepArea } from "./step-area.ts";
import { type TimeBins, binCount, binPhrase, binned, timeBins } from "./time-bins.ts";
import { counted, day, grouped, minute } from "./wording.ts";

/** A moment drawn through both panels; the kind is a rule of the style sheet. */
interface Mark {
  readonly kind: string;
  readonly x: number;
}

/** Suspensions, and releases, that are named. */
const NAMED = 3;
const HOUR_MS = 3_600_000;
const WIDTH = 960;
const HEIGHT = 60;

/**
 * The group's exchanges over time beneath everyone's, each to its own height, with the moment of the flag, the days
 * of suspensions, and the models that came out. Drawn without text inside, so that it can stretch to any width; the words stand round it.
 */
export function timelineChart(
  detail: GroupDetail,
  { detected_at: detectedAt, history }: Pick<Group, "detected_at" | "history">,
  mostBins: number,
): Markup {
  const bins = timeBins(detail.everyone.length, mostBins);
  const from = Date.parse(detail.from);
  const hours = bins.bins * bins.hoursPerBin;
  const at = (kind: string, time: string): readonly Mark[] => {
    const x = ((Date.parse(time) - from) / HOUR_MS / hours) * WIDTH;
    return x >= 0 && x <= WIDTH ? [{ kind, x }] : [];
  };
  const suspended = history.filter(({ event }) => event === "suspended");
  const marks: readonly Mark[] = [
    ...(detectedAt === null ? [] : at("flag", detectedAt)),
    ...suspended.flatMap(({ time }) => at("suspended", time)),
    ...detail.releases.flatMap(({ time }) => at("release", time)),
  ];
  const [known = [], found = []] = [true, false].map((isKnown) =>
    detail.releases.filter((release) => (release.isKnown === true) === isKnown),
  );
  const key = (kind: string, words: string) =>
    html`<span class="key">${sampleOf(kind)}${words}</span>`;
  const until = new Date(from + detail.everyone.length * HOUR_MS).toISOString();
  const everyone = binned(detail.everyone, bins);
  const group = binned(detail.group, bins);
  return html`<figure class="chart">
    <figcaption><b>Through time.</b> ${summary(group, everyone, detail, bins)}</figcaption>
    ${panel("Everyone", "everyone", everyone, bins, marks)}
    ${panel("This group", "group", group, bins, marks)}
    <div class="axis"><span>${day(detail.from)}</span><span>${day(until)}</span></div>
    <p class="axis">
      ${detectedAt === null ? undefined : key("flag", `flagged ${minute(detectedAt)} UTC`)}
      ${suspended.length === 0 ? undefined : key("suspended", `suspended: ${suspensions(suspended)}`)}
      ${found.length === 0 ? undefined : key("release", `first asked for: ${releases(found)}`)}${known.length === 0 ? undefined : key("release", `came out: ${releases(known)}`)}
    </p>
  </figure>`;
}

function panel(
  name: string,
  kind: string,
  sums: Float64Array,
  bins: TimeBins,
  marks: readonly Mark[],
): Markup {
  const peak = Math.max(...sums);
  return html`<div class="panel">
    <p>${name}<span>peak ${grouped(peak)} in ${binPhrase(bins)}</span></p>
    ${stepArea(
      sums,
      { width: WIDTH, height: HEIGHT },
      kind,
      marks.map(
        ({ kind: of, x }) =>
          html`<line class="${of}" x1="${fixed(x)}" x2="${fixed(x)}" y1="0" y2="${HEIGHT}" />`,
      ),
    )}
  </div>`;
}

/** A mark of the chart beside the words for it. */
function sampleOf(kind: string): Markup {
  return html`<svg viewBox="0 0 10 14" aria-hidden="true" focusable="false">
    <line class="${kind}" x1="5" x2="5" y1="0" y2="14" />
  </svg>`;
}

function releases(all: GroupDetail["releases"]): string {
  const rest = all.length - NAMED;
  const named = all.slice(0, NAMED).map(({ model, time }) => `${model} on ${day(time)}`);
  return `${named.join(", ")}${rest > 0 ? ` and ${counted(rest, "other model")}` : ""}`;
}

function suspensions(lines: Group["history"]): string {
  const rest = lines.length - NAMED;
  const shown = lines.slice(0, NAMED);
  const named = shown.map(
    ({ time, accounts }) => `${counted(accounts, "account")} on ${day(time)}`,
  );
  return `${named.join(", ")}${rest > 0 ? ` and on ${counted(rest, "other day")}` : ""}`;
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
