import { createHash } from "node:crypto";
import { type Markup, html, trusted } from "./markup.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { STYLE_SHEET } from "./style-sheet.ts";

/** What stands in a page. */
export interface HtmlPageInput {
  /** Beside the product's name. */
  readonly title: string;
  /** Words of the link that leaps over the head of the page. */
  readonly skip: string;
  readonly contents: readonly { readonly id: string; readonly name: string }[];
  readonly main: Markup;
  readonly footer: Markup;
  /** Rules of this page alone. */
  readonly style?: string;
}

/**
 * One HTML file that needs nothing else: no network, no fonts, no framework. Its policy (CSP) allows only the style and
 * the script in it, by their hashes, and pictures in the file itself.
 */
export function htmlPage({
  title,
  skip,
  contents,
  main,
  footer,
  style = "",
}: HtmlPageInput): string {
  const rules = STYLE_SHEET + style;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src ${hashOf(rules)}; script-src ${hashOf(PAGE_SCRIPT)}; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${title} – Stillwatch</title>
        ${trusted(`<style>${rules}</style>`)}
      </head>
      <body>
        <a class="skip" href="#main">${skip}</a>
        <div class="page">
          <header class="top">
            <h1><b>Stillwatch</b> <span>${title}</span></h1>
            <nav aria-label="Contents">
              <ul>
                ${contents.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}
              </ul>
            </nav>
            <button type="button" id="theme" hidden>Dark</button>
          </header>
          <main id="main">${main}</main>
          <footer>
            <p>${footer}</p>
          </footer>
        </div>
        ${trusted(`<script>${PAGE_SCRIPT}</script>`)}
      </body>
    </html> `;
  return page.markup;
}

function hashOf(text: string): Markup {
  return trusted(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
}
