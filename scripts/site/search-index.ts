import type { WrittenPage } from "./site-check.ts";

/** A section of a page that the search can find: address with its heading, page, heading, text. */
export type SearchEntry = readonly [url: string, page: string, heading: string, text: string];

/** Every section of the pages' main parts. Pages below `source/` show files and are left out. */
export function searchEntries(pages: readonly WrittenPage[]): readonly SearchEntry[] {
  return pages.filter(({ url }) => !url.startsWith("source/")).flatMap(entriesOf);
}

/** The entries as a script, since a page that was opened from a folder may load scripts and no data. */
export function searchScript(entries: readonly SearchEntry[]): string {
  return `globalThis.searchEntries = ${JSON.stringify(entries)};\n`;
}

function entriesOf({ url, html }: WrittenPage): SearchEntry[] {
  const main = /<article[^>]*>([\s\S]*)<\/article>/.exec(html)?.[1] ?? "";
  const title = textOf(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(main)?.[1] ?? "");
  return main
    .split(/(?=<h[1-4] id=)/)
    .map((part): SearchEntry => {
      const [whole = "", level = "", id = "", heading = ""] =
        /^<h([1-4]) id="([^"]*)"[^>]*>([\s\S]*?)<\/h\1>/.exec(part) ?? [];
      const at = level === "1" || id === "" ? url : `${url}#${id}`;
      return [at, title, textOf(heading), textOf(part.slice(whole.length))];
    })
    .filter(([, , heading, text]) => heading + text !== "");
}

function textOf(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<\/?(?:p|li|td|th|tr|pre|div|br|h\d)\b[^>]*>/g, " ")
    .replace(/<[^>]+>/g, "")
    .replace(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => ENTITIES[name] ?? "")
    .replace(/\s+/g, " ")
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  amp: "&",
  "#39": "'",
};
