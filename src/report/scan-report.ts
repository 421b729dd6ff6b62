import { createHash } from "node:crypto";
import type { ScanOutcome } from "../judge/scan.ts";
import { groupSection } from "./group-section.ts";
import { flaggedTable, otherGroups } from "./group-tables.ts";
import { headline } from "./headline.ts";
import { type Markup, html, trusted } from "./markup.ts";
import { method } from "./method.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { STYLE_SHEET } from "./style-sheet.ts";
import { flaggedGroups, minute, smallNumber, stretch } from "./wording.ts";

/** What a report is made of. */
export interface ScanReportInput {
  readonly outcome: ScanOutcome;
  readonly title: string;
  /** Shown as the time of making; the only part that two reports of one outcome differ in. */
  readonly generatedAt: Date;
}

/** This many flagged groups begin open; the others open on a click, so that a page with hundreds stays quick. */
const OPEN_GROUPS = 5;
/** After this many the sections wait as text until they are opened. */
const READY_GROUPS = 10;

/**
 * One HTML file that needs nothing else: no network, no fonts, no framework. Its policy (CSP) allows only the style and
 * the script in it, by their hashes, and pictures in the file itself. Grows with groups, not with accounts.
 */
export function renderScanReport({ outcome, title, generatedAt }: ScanReportInput): string {
  const { result, details, texts } = outcome;
  const flagged = flaggedGroups(result.groups);
  const detailOf = new Map(details.map((detail) => [detail.id, detail]));
  const sections = flagged.map((group, at) =>
    groupSection({
      group,
      place: at + 1,
      detail: detailOf.get(group.id),
      texts,
      open: at < OPEN_GROUPS,
      deferred: at >= READY_GROUPS,
    }),
  );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src ${hashOf(STYLE_SHEET)}; script-src ${hashOf(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${title} – Stillwatch</title>
        ${trusted(`<style>${STYLE_SHEET}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">To the findings</a>
        <div class="page">
          <header class="top">
            <h1><b>Stillwatch</b> <span>${title}</span></h1>
            <nav aria-label="Contents">
              <ul>
                <li><a href="#in-short">In short</a></li>
                ${flagged.length === 0 ? undefined : html`<li><a href="#flagged">Flagged groups</a></li>`}
                <li><a href="#other">Other groups</a></li>
                <li><a href="#method">Method and error</a></li>
              </ul>
            </nav>
            <button type="button" id="theme" hidden>Dark</button>
          </header>
          <main id="main">
            ${headline(result, flagged)}
            ${flaggedSection(flagged.length, html`${flaggedTable(flagged)}${sections}`)}
            <section aria-labelledby="other">
              <h2 id="other">Groups that are not flagged</h2>
              ${otherGroups(result.groups)}
            </section>
            <section aria-labelledby="method">
              <h2 id="method">Method and error</h2>
              ${method(outcome)}
            </section>
          </main>
          <footer>
            <p>
              Made by the software at ${minute(generatedAt.toISOString())} UTC; judged at q
              ${smallNumber(result.q)} every ${stretch(result.tick_seconds)} of the traffic's time.
              The software flags; a named person confirms or explains. This page holds account ids
              and may hold parts of prompts: treat it as confidential.
            </p>
          </footer>
        </div>
        ${trusted(`<script>${PAGE_SCRIPT}</script>`)}
      </body>
    </html> `;
  return page.markup;
}

function flaggedSection(count: number, content: Markup): Markup {
  if (count === 0) return html``;
  return html`<section aria-labelledby="flagged">
    <div class="bar-heading">
      <h2 id="flagged">Flagged ${count === 1 ? "group" : "groups"}</h2>
      ${count > 1 ? html`<button type="button" id="fold" hidden>Open all groups</button>` : undefined}
    </div>
    ${content}
  </section>`;
}

function hashOf(text: string): Markup {
  return trusted(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
}
