import { createHash } from "node:crypto";
import type { Sheet } from "../range/score-sheet.ts";
import type { SuiteSummary } from "../range/score-summary.ts";
import { type Markup, html, trusted } from "./markup.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { rangeChart } from "./range-chart.ts";
import { STYLE_SHEET } from "./style-sheet.ts";
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

/** One HTML file that needs nothing else: every table and curve of a run. Its policy allows only the style and script in it. */
export function renderRangeReport({ summaries, generatedAt }: RangeReportInput): string {
  const style = STYLE_SHEET + OWN_STYLE;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src ${hashOf(style)}; script-src ${hashOf(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <link rel="icon" href="data:," />
        <title>Range report – Stillwatch</title>
        ${trusted(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">To the figures</a>
        <div class="page">
          <header class="top">
            <h1><b>Stillwatch</b> <span>Range report</span></h1>
            <nav aria-label="Contents">
              <ul>
                ${summaries.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
              </ul>
            </nav>
            <button type="button" id="theme" hidden>Dark</button>
          </header>
          <main id="main">${summaries.map(suiteSection)}</main>
          <footer>
            <p>
              Made by the software at ${minute(generatedAt.toISOString())} UTC from worlds of
              made-up traffic with known truth.
            </p>
          </footer>
        </div>
        ${trusted(`<script>${PAGE_SCRIPT}</script>`)}
      </body>
    </html> `;
  return page.markup;
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

function hashOf(text: string): Markup {
  return trusted(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
}
