import type { Sheet } from "../range/score-sheet.ts";
import type { SuiteSummary } from "../range/score-summary.ts";
import { htmlPage } from "./html-page.ts";
import { type Markup, html, trusted } from "./markup.ts";
import { CURVE_STYLE, rangeChart } from "./range-chart.ts";
import { minute } from "./wording.ts";

/** What a range report is made of. */
export interface RangeReportInput {
  readonly summaries: readonly SuiteSummary[];
  /** Shown as the time of making. */
  readonly generatedAt: Date;
}

const SHEET_STYLE = `
.sheet caption{font-size:1.0625rem}
.sheet+.note{margin:-6px 0 26px}
.sheet tbody th{white-space:nowrap}
`;

/** One HTML file that needs nothing else: every table and curve of a run. */
export function renderRangeReport({ summaries, generatedAt }: RangeReportInput): string {
  return htmlPage({
    title: "Range report",
    skip: "To the figures",
    contents: summaries.map(({ id, title }) => ({ id, name: title })),
    main: html`${summaries.map(suiteSection)}`,
    footer: html`Made by the software at ${minute(generatedAt.toISOString())} UTC from worlds of
    made-up traffic with known truth.`,
    style: CURVE_STYLE + SHEET_STYLE,
  });
}

function suiteSection(summary: SuiteSummary): Markup {
  return html`<section aria-labelledby="${summary.id}">
    <h2 id="${summary.id}">${summary.title}</h2>
    <p>${summary.about}</p>
    <p>${summary.inShort}</p>
    ${summary.charts.map((chart) => rangeChart({ ...chart, id: `${summary.id}-${chart.id}` }))}
    ${summary.sheets.map(sheetTable)}
    ${
      summary.failures.length === 0
        ? undefined
        : html`<h3>Worlds that failed</h3>
            <ul>
              ${summary.failures.map(({ world, seed, reason }) => html`<li>${world}, seed ${seed}: ${reason}</li>`)}
            </ul>`
    }
  </section>`;
}

function sheetTable({ title, note, head, rows }: Sheet): Markup {
  return html`<div class="scroll sheet">
      <table>
        <caption>
          ${title}
        </caption>
        <thead>
          <tr>
            ${head.map((cell, i) => html`<th scope="col" ${i === 0 ? undefined : NUMBER}>${cell}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="number">${cell}</td>`))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="note">${note}</p>`;
}

const NUMBER = trusted(' class="number"');
