import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseConfig, readConfigFile } from "../../src/core/config-file.ts";

const shape = z.strictObject({
  rate: z.number().max(1).default(0.5),
  parts: z
    .strictObject({ left: z.strictObject({ width: z.int().optional() }).nullish() })
    .optional(),
  steps: z.array(z.strictObject({ do: z.string() })).optional(),
});
const said = (text: string): string => {
  try {
    return JSON.stringify(parseConfig(text, "new.yaml", shape));
  } catch (error) {
    return (error as Error).message;
  }
};

describe("a configuration file", () => {
  it("is read through its shape, and nothing is a whole one", () => {
    expect(said("# all as it is\n")).toBe('{"rate":0.5}');
    expect(said("rate: 0.25\nparts:\n  left:\n")).toBe('{"rate":0.25,"parts":{"left":null}}');
  });

  it.each([
    ["rate: 2", "new.yaml, line 1: rate: too big: expected number to be <=1."],
    [
      "# wide\nparts:\n  left: { width: 1.5 }",
      "new.yaml, line 3: parts.left.width: expected int, received number.",
    ],
    [
      "steps:\n  - do: this\n  - do: 4",
      "new.yaml, line 3: steps.1.do: expected string, received number.",
    ],
    [
      "rate: 1\nparts:\n  left:\n    widht: 3",
      "new.yaml, line 4: parts.left.widht: no such key. Did you mean width?",
    ],
    ["\nspeed: 1", "new.yaml, line 2: speed: no such key. Known here: rate, parts, steps."],
    [
      "steps:\n  - do: this\n    undo: that",
      "new.yaml, line 3: steps.0.undo: no such key. Did you mean do?",
    ],
    ["rate: 1\nrate: 0", "new.yaml, line 2: Map keys must be unique."],
    ["- rate", "new.yaml, line 1: expected object, received array."],
    [
      `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [${"*a, ".repeat(10)}]\nc: [${"*b, ".repeat(20)}]`,
      "new.yaml, line 1: its aliases unfold to too much.",
    ],
  ])("is refused with the line and the key: %j", (text, message) => {
    expect(said(text)).toBe(message);
  });

  it("names a file that isn't there", () => {
    expect(() => readConfigFile("nowhere/new.yaml", shape)).toThrow(
      "nowhere/new.yaml: no such file.",
    );
  });
});
