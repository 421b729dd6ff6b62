import { posix } from "node:path";

/** A written page of the site: its place, and its HTML. */
export interface WrittenPage {
  readonly url: string;
  readonly html: string;
}

const REFERENCE = /<(\w+)\b[^>]*?\s(href|src|srcset|poster|data)="([^"]*)"/g;
const REMOTE = /^(?:[a-z][a-z0-9+.-]*:|\/)/i;

/**
 * What is wrong with a written site, a line each: links to pages, files or headings that are not there, and scripts,
 * styles or pictures that another host would have to serve. `exists` answers for a file of the site.
 */
export function siteProblems(
  pages: readonly WrittenPage[],
  exists: (url: string) => boolean,
): readonly string[] {
  const ids = new Map(pages.map(({ url, html }) => [url, idsOf(html)]));
  return pages.flatMap(({ url, html }) =>
    [...html.matchAll(REFERENCE)].flatMap(([, tag = "", , link = ""]) => {
      if (REMOTE.test(link))
        return tag === "a" && /^(?:https?|mailto):/.test(link)
          ? []
          : [`${url}: <${tag}> loads ${link}, which is not in the site`];
      const [path = "", id = ""] = link.split("#");
      const target = path === "" ? url : posix.join(posix.dirname(url), path);
      if (!exists(target)) return [`${url}: ${link} leads nowhere`];
      return id === "" || ids.get(target)?.has(decodeURIComponent(id)) !== false
        ? []
        : [`${url}: ${target} has no heading #${id}`];
    }),
  );
}

function idsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = ""]) => id));
}
