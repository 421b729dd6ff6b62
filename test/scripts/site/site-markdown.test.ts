import { describe, expect, it } from "vitest";
import { slugOf } from "../../../scripts/site/site-markdown.ts";

describe("a heading's id", () => {
  it.each([
    ["A map of your own columns", "a-map-of-your-own-columns"],
    ["Accounts (--accounts)", "accounts---accounts"],
    ["What it catches, and what it doesn't", "what-it-catches-and-what-it-doesnt"],
    ["3. Looks über time", "3-looks-über-time"],
  ])("of %j is what a code forge makes of it: %s", (heading, id) => {
    expect(slugOf(heading)).toBe(id);
  });
});
