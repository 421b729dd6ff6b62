import type { Sheet } from "../range/score-sheet.ts";
import type { SuiteSummary } from "../range/score-summary.ts";
import { htmlPage } from "./html-page.ts";
import { type Markup, html, trusted } from "./markup.ts";
import { rangeChart } from "./range-chart.ts";
import { minute } from "./wording.ts";

/** What a range report is made of. */
export interface RangeReportInput {
  readonly summaries: readonly SuiteSummary[];
  /** Shown as the time of making. */
  readonly generatedAt: Date;
}

const OWN_STYLE = `
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
    style: OWN_STYLE,
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
