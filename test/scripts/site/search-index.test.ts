import { describe, expect, it } from "vitest";
import { searchEntries, searchScript } from "../../../scripts/site/search-index.ts";

const html = `<nav>Contents</nav><article><!-- note --><h1 id="t">Title</h1><p>First &amp; last</p>
<h2 id="s">Some <code>part</code></h2><table><td>1</td><td>2</td></table></article>`;

describe("the search index", () => {
  it("has an entry for each section, with its page, heading and words", () => {
    expect(searchEntries([{ url: "a.html", html }])).toEqual([
      ["a.html", "Title", "Title", "First & last"],
      ["a.html#s", "Title", "Some part", "1 2"],
    ]);
  });

  it("leaves out pages that show files", () => {
    expect(searchEntries([{ url: "source/a.ts.html", html }])).toEqual([]);
  });

  it("is a script, which a page opened from a folder may load", () => {
    expect(searchScript([["a", "b", "c", "d"]])).toBe(
      'globalThis.searchEntries = [["a","b","c","d"]];\n',
    );
  });
});
