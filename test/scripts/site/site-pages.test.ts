import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  linkTarget,
  linkedSources,
  siteSections,
  urlOf,
  wayTo,
} from "../../../scripts/site/site-pages.ts";

const root = join(import.meta.dirname, "../../..");
const pages = siteSections(root).flatMap((section) => section.pages);

describe("the site's contents", () => {
  it("hold every page of docs/ once, and the project's own", () => {
    const sources = pages.map(({ source }) => source);
    const written = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".md"))
      .map((path) => `docs/${path}`);
    expect(sources).toEqual(
      expect.arrayContaining([...written, "README.md", "ARCHITECTURE.md", "docs/signals"]),
    );
    expect(new Set(sources).size).toBe(sources.length);
    expect(new Set(pages.map(({ url }) => url)).size).toBe(pages.length);
  });

  it("give each page its first heading", () => {
    const guide = pages.find(({ source }) => source === "docs/guide.md");
    const [heading] = readFileSync(join(root, "docs/guide.md"), "utf8").split("\n");
    expect(`# ${guide?.title ?? ""}`).toBe(heading);
  });

  it("show the files that pages link to, and no pictures", () => {
    const linked = linkedSources(root, pages).map(({ source }) => source);
    expect(linked).toContain("LICENSE");
    expect(linked).toContain("src/judge/judge.ts");
    expect(linked.filter((path) => /^docs\/.*\./.test(path))).toEqual([]);
  });
});

describe("a link of a page", () => {
  it("leads from the page's own folder", () => {
    expect(linkTarget(root, "docs/adr/0002-tools.md", "../evidence.md#looks")).toBe(
      "docs/evidence.md",
    );
    expect(linkTarget(root, "README.md", "docs/signals")).toBe("docs/signals");
  });

  it("stays as it is within the page and to other hosts", () => {
    expect(linkTarget(root, "README.md", "#where-it-runs")).toBeUndefined();
    expect(linkTarget(root, "README.md", "https://example.org/a.md")).toBeUndefined();
  });

  it.each(["nowhere.md", "../outside.md", "/etc/hosts"])("ends the build at %s", (link) => {
    expect(() => linkTarget(root, "README.md", link)).toThrow(`README.md: the link to ${link}`);
  });

  it.each([
    ["README.md", "index.html"],
    ["docs/adr/README.md", "adr/index.html"],
    ["docs/schema/scan-v1.json", "schema/scan-v1.html"],
    ["CHANGELOG.md", "changelog.html"],
    ["docs/pictures/map.webp", "pictures/map.webp"],
    ["src/cli", "source/src/cli.html"],
  ])("finds %s at %s", (source, url) => {
    expect(urlOf(source)).toBe(url);
  });

  it("is relative, so that the site can stand in any folder", () => {
    expect(wayTo("adr/index.html", "signals/echo.html")).toBe("../signals/echo.html");
    expect(wayTo("index.html", ".")).toBe(".");
  });
});
