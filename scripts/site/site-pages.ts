import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { dirname, relative } from "node:path/posix";

/** One page of the site. Paths are relative to the project's folder or to the site's, with forward slashes. */
export interface SitePage {
  /** The file or folder that the page shows. */
  readonly source: string;
  /** The page's own file, e.g. `signals/echo.html`. */
  readonly url: string;
  /** Its first heading. */
  readonly title: string;
  /** What it is called in the contents. */
  readonly name: string;
  readonly markdown: string;
}

/** A part of the site's contents; a folded one opens where the page shown is in it. */
export interface SiteSection {
  readonly name: string;
  readonly folded: boolean;
  readonly pages: readonly SitePage[];
}

/** Where the pages of one folder go: those named come first, in this order, the others after them. */
interface SectionPlan {
  readonly name: string;
  readonly folded?: true;
  readonly first: readonly string[];
  /** Takes every other page of this folder too. */
  readonly folder?: string;
}

/** Where the pictures of the pages are. */
export const PICTURES = "docs/pictures";

const PLAN: readonly SectionPlan[] = [
  {
    name: "Use it",
    first: ["README.md", "docs/tutorial.md", "docs/guide.md", "docs/dialects.md"],
    folder: "docs",
  },
  {
    name: "How far to trust it",
    first: ["docs/evidence.md", "docs/range.md", "docs/real-material.md"],
  },
  { name: "Signals", folded: true, first: ["docs/signals"], folder: "docs/signals" },
  {
    name: "Reference",
    first: [
      "docs/reference/command-line.md",
      "docs/reference/configuration.md",
      "docs/reference/errors.md",
      "docs/reference/http.md",
      "docs/reference/statements.md",
    ],
    folder: "docs/reference",
  },
  { name: "Schemas", folded: true, first: [], folder: "docs/schema" },
  {
    name: "The project",
    first: ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"],
  },
  { name: "Decisions", folded: true, first: ["docs/adr/README.md"], folder: "docs/adr" },
];

/** The site's contents, read from the project's folder: every page of docs/, and the project's own beside it. */
export function siteSections(root: string): readonly SiteSection[] {
  const named = new Set(PLAN.flatMap(({ first }) => first));
  return PLAN.map(({ name, folded = false, first, folder }) => {
    const others =
      folder === undefined
        ? []
        : readdirSync(join(root, folder))
            .toSorted()
            .map((file) => `${folder}/${file}`)
            .filter((path) => /\.(?:md|json)$/.test(path) && !named.has(path));
    return { name, folded, pages: [...first, ...others].map((path) => sitePage(root, path)) };
  });
}

/** The pages of files and folders that the given pages lead to, by links of links too, and that are neither pages nor pictures themselves. */
export function linkedSources(root: string, pages: readonly SitePage[]): readonly SitePage[] {
  const known = new Set(pages.map(({ source }) => source));
  const linked: SitePage[] = [];
  // Grows while it is gone through.
  const all = [...pages];
  for (const { source, markdown } of all) {
    for (const [, link = ""] of withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)) {
      const path = linkTarget(root, source, link);
      if (path === undefined || known.has(path) || path.startsWith(`${PICTURES}/`)) continue;
      known.add(path);
      const page = sitePage(root, path);
      linked.push(page);
      all.push(page);
    }
  }
  return linked.toSorted((a, b) => (a.source < b.source ? -1 : 1));
}

/** The page of one file or folder; one that is not Markdown is shown as it is. */
export function sitePage(root: string, source: string): SitePage {
  if (source === "docs/signals") return pageOf(source, "All signals", signalIndex(root));
  const path = join(root, source);
  if (statSync(path).isDirectory()) return pageOf(source, source, listing(source, path));
  const text = readFileSync(path, "utf8");
  if (source.endsWith(".md")) return pageOf(source, titleOf(text), text);
  return pageOf(source, source, `# ${source}\n\n${fenced(text)}`);
}

function pageOf(source: string, title: string, markdown: string): SitePage {
  const byFile = /^docs\/(?:signals|schema)\/(.+)\.\w+$/.exec(source)?.[1];
  return { source, url: urlOf(source), title, name: byFile ?? title, markdown };
}

/**
 * The project's path that a link in `from` leads to, or undefined for links within the page and to other hosts.
 * Throws where there is no such file: a dead link ends the build.
 */
export function linkTarget(root: string, from: string, link: string): string | undefined {
  if (link.startsWith("#") || /^[a-z]+:/i.test(link)) return undefined;
  const base = statSync(join(root, from)).isDirectory() ? from : dirname(from);
  const target = join(base, link.replace(/#.*$/, "")).replace(/\/$/, "");
  if (target.startsWith("..") || !existsSync(join(root, target)))
    throw new Error(`${from}: the link to ${link} leads nowhere.`);
  return target;
}

/** A page's place in the site. What is not documentation is shown below `source/`. */
export function urlOf(source: string): string {
  if (source.startsWith(`${PICTURES}/`)) return source.slice("docs/".length);
  if (source === "README.md") return "index.html";
  if (source === "docs/signals") return "signals/index.html";
  if (/^docs\/.*\.(?:md|json)$/.test(source))
    return source
      .slice("docs/".length)
      .replace(/(?:README)?\.\w+$/, (end) => (end.startsWith("README") ? "index.html" : ".html"));
  if (/^[A-Z]+\.md$/.test(source)) return source.toLowerCase().replace(/md$/, "html");
  return `source/${source}.html`;
}

/** The way from one page of the site to another. */
export function wayTo(from: string, to: string): string {
  return relative(dirname(from), to) || ".";
}

function titleOf(markdown: string): string {
  return /^# (.+)$/m.exec(markdown)?.[1]?.replaceAll("`", "") ?? "Stillwatch";
}

/** What each signal measures, from the heads of their pages. */
function signalIndex(root: string): string {
  const rows = readdirSync(join(root, "docs/signals"))
    .filter((file) => file.endsWith(".md"))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(root, "docs/signals", file), "utf8");
      const axis = /axis: (\w+)/.exec(text)?.[1] ?? "";
      return `| [\`${file.slice(0, -".md".length)}\`](${file}) | ${axis} | ${titleOf(text)} |`;
    });
  return `# All signals\n\nEach page says what is measured, who else looks like that, and what stays unseen.\n\n| signal | axis | what it measures |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
}

function listing(source: string, path: string): string {
  const names = readdirSync(path, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .map((name) => (source.startsWith("docs/") ? `- [${name}](${name})` : `- \`${name}\``))
    .toSorted();
  return `# ${source}/\n\n${names.join("\n")}\n`;
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^(`{3,})[\s\S]*?^\1/gm, "").replace(/`[^`\n]*`/g, "");
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text.trimEnd()}\n${fence}\n`;
}
