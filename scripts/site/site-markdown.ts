/** The part of markdown-it that is used here. */
export interface MarkdownIt {
  readonly core: { readonly ruler: { push: (name: string, rule: (state: State) => void) => void } };
  readonly renderer: {
    readonly rules: Record<string, ((tokens: readonly Token[], at: number) => string) | undefined>;
  };
}

interface State {
  readonly tokens: readonly Token[];
  readonly env: unknown;
}

interface Token {
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
  meta: { label?: string } | null;
  attrGet: (name: string) => string | null;
  attrSet: (name: string, value: string) => void;
}

/** Where a link or picture of a page leads: its address as written, and the page's source. */
export type Resolve = (link: string, source: string) => string;

/**
 * Makes markdown-it write pages of the site: headings with ids, links resolved, and each table in a
 * container of its own that scrolls, has a name, and takes the keyboard.
 */
export function siteMarkdown(markdown: MarkdownIt, resolve: Resolve): void {
  markdown.core.ruler.push("site", ({ tokens, env }) => {
    const { source } = env as { readonly source: string };
    nameHeadings(tokens);
    for (const { children } of tokens)
      for (const child of children ?? []) resolveLink(child, (link) => resolve(link, source));
  });
  markdown.renderer.rules["table_open"] = (tokens, at) =>
    `<div class="wide" role="region" tabindex="0" aria-label="${attribute(`Table: ${tokens[at]?.meta?.label ?? ""}`)}">\n<table>\n`;
  markdown.renderer.rules["table_close"] = () => "</table>\n</div>\n";
}

/** Headings get ids; tables are named for the heading above them. */
function nameHeadings(tokens: readonly Token[]): void {
  const taken = new Map<string, number>();
  let heading = "";
  for (const [at, token] of tokens.entries()) {
    if (token.type === "table_open") token.meta = { label: heading };
    if (token.type !== "heading_open") continue;
    heading = plainText(tokens[at + 1]);
    const slug = slugOf(heading);
    const times = taken.get(slug) ?? 0;
    taken.set(slug, times + 1);
    token.attrSet("id", times === 0 ? slug : `${slug}-${times}`);
  }
}

/** A heading's id as code forges make it: lower case, punctuation gone, spaces as dashes. */
export function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function plainText(inline: Token | undefined): string {
  return (inline?.children ?? []).map(({ content }) => content).join("");
}

function resolveLink(token: Token, resolve: (link: string) => string): void {
  const name = { link_open: "href", image: "src" }[token.type];
  const link = name === undefined ? null : token.attrGet(name);
  if (name !== undefined && link !== null) token.attrSet(name, resolve(link));
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
