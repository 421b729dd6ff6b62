/** What Eleventy renders: the project's own Markdown, where it stands, through _includes/page.liquid. */
import { join } from "node:path";
import { type MarkdownIt, siteMarkdown } from "../scripts/site/site-markdown.ts";
import {
  PICTURES,
  linkTarget,
  linkedSources,
  siteSections,
  urlOf,
  wayTo,
} from "../scripts/site/site-pages.ts";

/** The part of Eleventy's configuration that is used here. */
interface EleventyConfiguration {
  addTemplate: (path: string, content: string, data: object) => void;
  addPassthroughCopy: (paths: string | Readonly<Record<string, string>>) => void;
  amendLibrary: (name: "md", amend: (markdown: MarkdownIt) => void) => void;
  addFilter: (name: string, filter: (html: string) => unknown) => void;
}

const ROOT = join(import.meta.dirname, "..");

/** Called by Eleventy with its configuration. */
export default function configure(eleventy: EleventyConfiguration): object {
  const sections = siteSections(ROOT);
  const named = sections.flatMap(({ pages }) => pages);
  for (const page of [...named, ...linkedSources(ROOT, named)]) {
    const contents = sections.map(({ name, folded, pages }) => ({
      name,
      open: !folded || pages.includes(page),
      pages: pages.map(({ name: called, url }) => ({
        name: called,
        here: url === page.url,
        way: wayTo(page.url, url),
      })),
    }));
    eleventy.addTemplate(page.url.replace(/html$/, "md"), page.markdown, {
      source: page.source,
      title: page.title,
      permalink: page.url,
      layout: "page.liquid",
      templateEngineOverride: "md",
      contents,
      top: wayTo(page.url, "."),
    });
  }
  eleventy.amendLibrary("md", (markdown) => {
    siteMarkdown(markdown, (link, source) => {
      const target = linkTarget(ROOT, source, link);
      if (target === undefined) return link;
      return wayTo(urlOf(source), urlOf(target)) + (/#.*$/.exec(link)?.[0] ?? "");
    });
  });
  eleventy.addFilter("outline", outline);
  eleventy.addPassthroughCopy({
    "style.css": "style.css",
    "site.js": "site.js",
    "icon.svg": "icon.svg",
  });
  eleventy.addPassthroughCopy({ [`../${PICTURES}`]: urlOf(`${PICTURES}/`) });
  return { dir: { output: "out" }, templateFormats: ["md"] };
}

/** A page's headings of the second and third level. */
function outline(html: string): readonly object[] {
  return [...html.matchAll(/<h([23]) id="([^"]*)">([\s\S]*?)<\/h\1>/g)].map(
    ([, level, id, text = ""]) => ({ level, id, text: text.replace(/<[^>]+>/g, "") }),
  );
}
