import { describe, expect, it } from "vitest";
import { byteSize, parseByteSize } from "../../src/cli/byte-size.ts";

const LIMITS = { least: 1e5, most: 1e9 };

describe("a size", () => {
  it.each([
    ["500kB", 5e5],
    ["64mb", 64e6],
    ["0.5 GB", 5e8],
  ])("is read: %s", (text, bytes) => {
    expect(parseByteSize(text, "--sample", LIMITS)).toBe(bytes);
  });

  it("is refused in words", () => {
    expect(() => parseByteSize("64", "--sample", LIMITS)).toThrow("--sample 64: not a size");
    expect(() => parseByteSize("2GB", "--sample", LIMITS)).toThrow("Give 100 kB to 1 GB.");
  });

  it("is written for people", () => {
    expect([8000, 1_250_000, 64e6, 1.25e9].map(byteSize)).toEqual([
      "8 kB",
      "1.3 MB",
      "64 MB",
      "1.3 GB",
    ]);
  });
});
