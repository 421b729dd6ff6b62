import { describe, expect, it } from "vitest";
import { siteProblems } from "../../../scripts/site/site-check.ts";

const page = (url: string, html: string) => ({ url, html });
const problems = (html: string) => {
  const pages = [page("a.html", html), page("in/b.html", '<h2 id="there">There</h2>')];
  const files = [...pages.map(({ url }) => url), "style.css"];
  return siteProblems(pages, (url) => files.includes(url));
};

describe("the check of the built site", () => {
  it("accepts links that lead somewhere, and links for people to other hosts", () => {
    expect(
      problems(
        '<link rel="stylesheet" href="style.css"><a href="in/b.html#there">b</a><a href="https://example.org/">away</a>',
      ),
    ).toEqual([]);
  });

  it.each([
    ['<a href="nowhere.html">a</a>', "leads nowhere"],
    ['<img src="in/picture.webp">', "leads nowhere"],
    ['<a href="in/b.html#gone">a</a>', "has no heading #gone"],
    ['<a href="#gone">a</a>', "has no heading #gone"],
    ['<script src="https://example.org/a.js"></script>', "not in the site"],
    ['<link rel="stylesheet" href="//example.org/a.css">', "not in the site"],
    ['<img alt="a" src="data:image/png;base64,AA">', "not in the site"],
    ['<a href="/a.html">a</a>', "not in the site"],
    ['<a href="javascript:a()">a</a>', "not in the site"],
  ])("complains of %s", (html, words) => {
    expect(problems(html).join()).toContain(words);
  });
});
