import type { GroupDetail } from "../core/assessment.ts";
import { type Colour, indexedPng } from "./indexed-png.ts";
import { type Markup, html } from "./markup.ts";
import { binPhrase, binned, timeBins } from "./time-bins.ts";
import { counted, day, grouped } from "./wording.ts";

const HOUR_MS = 3_600_000;
/** Okabe and Ito's blue in five strengths; nothing where nothing was sent. Steps: 1, 2–3, 4–7, 8–15, 16 and more. */
const PALETTE: readonly Colour[] = [0, 130, 165, 195, 225, 255].map((opacity) => [
  0,
  114,
  178,
  opacity,
]);

/**
 * Account × time: a row an account in the order of their first exchange, darker where it sent more. A picture made
 * here, so that it prints and shows without a script, with its content in words beside it.
 */
export function activityMatrix(
  detail: GroupDetail,
  size: { readonly rows: number; readonly bins: number },
): Markup {
  const bins = timeBins(detail.everyone.length, size.bins);
  const rows = evenRows(detail.matrix.counts.length, size.rows);
  if (rows.length === 0) return html``;
  const pixels = new Uint8Array(rows.length * bins.bins);
  for (const [row, source] of rows.entries()) {
    const sums = binned(detail.matrix.counts[source] ?? [], bins);
    pixels.set(sums.map(level), row * bins.bins);
  }
  const png = indexedPng(pixels, bins.bins, rows.length, PALETTE).toString("base64");
  const until = new Date(Date.parse(detail.from) + detail.everyone.length * HOUR_MS).toISOString();
  const words = inWords(detail);
  const height = Math.min(300, Math.max(72, rows.length * 3));
  return html`<figure class="chart matrix">
    <figcaption>
      <b>Account by account.</b> Each row is an account, in the order of their first exchange; each
      column ${binPhrase(bins)}; stronger is more.
      ${
        rows.length < detail.matrix.accounts.length
          ? `Every ${Math.ceil(detail.matrix.accounts.length / rows.length)}th row is drawn. `
          : ""
      }${words}
    </figcaption>
    <img
      src="data:image/png;base64,${png}"
      width="${bins.bins}"
      height="${height}"
      alt="Activity of ${counted(rows.length, "account")} over time. ${words}"
    />
    <div class="axis"><span>${day(detail.from)}</span><span>${day(until)}</span></div>
  </figure>`;
}

function evenRows(available: number, most: number): readonly number[] {
  const rows = Math.min(available, most);
  return Array.from({ length: rows }, (_, row) => Math.floor((row * available) / rows));
}

function level(count: number): number {
  return count === 0 ? 0 : Math.min(PALETTE.length - 1, 1 + Math.floor(Math.log2(count)));
}

function inWords({ from, matrix }: GroupDetail): string {
  const begins = matrix.counts
    .map((counts) => counts.findIndex((count) => count > 0))
    .filter((hour) => hour >= 0)
    .toSorted((a, b) => a - b);
  const start = Date.parse(from);
  const date = (hour: number | undefined) =>
    day(new Date(start + (hour ?? 0) * HOUR_MS).toISOString());
  const half = begins[Math.floor((begins.length - 1) / 2)];
  return `Of ${grouped(begins.length)} accounts shown, the first begins on ${date(begins[0])}, half have begun by ${date(half)}, the last begins on ${date(begins.at(-1))}.`;
}
