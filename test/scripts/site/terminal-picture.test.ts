import { styleText } from "node:util";
import { describe, expect, it } from "vitest";
import { terminalPicture } from "../../../scripts/site/terminal-picture.ts";

const styled = (style: Parameters<typeof styleText>[0], text: string) =>
  styleText(style, text, { validateStream: false });

describe("the picture of a terminal", () => {
  it("draws each run of text at its column and in its style", () => {
    const svg = terminalPicture(`a < b\n  ${styled(["bold", "yellow"], "flagged")} c`);
    expect(svg).toContain(">a &lt; b</text>");
    expect(svg).toMatch(
      /<text x="33\.6" y="49\.5" textLength="54\.6"[^>]* class="strong alert">flagged</,
    );
    expect(svg).toMatch(/<text x="96"[^>]*"spacingAndGlyphs">c</);
    expect(svg).not.toContain("\u001b");
  });
});
