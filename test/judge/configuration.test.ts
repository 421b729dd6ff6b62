import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/core/config-file.ts";
import {
  CONFIGURATION_SHAPE,
  type Configuration,
  configurationOf,
  DEFAULT_CONFIGURATION,
} from "../../src/judge/configuration.ts";
import { exampleConfiguration } from "../../src/judge/example-configuration.ts";
import { ALL_SIGNALS } from "../../src/signals/all-signals.ts";

const read = (text: string): Configuration =>
  configurationOf(parseConfig(text, "new.yaml", CONFIGURATION_SHAPE));

describe("a judge's configuration", () => {
  it("changes what it names and leaves the rest", () => {
    const { q, tickSeconds, parameters } = read("q: 0.05\nsignals:\n  echo: { cap_bits: 8 }\n");
    expect({ q, tickSeconds }).toEqual({ q: 0.05, tickSeconds: 3600 });
    const own = DEFAULT_CONFIGURATION.parameters.get("echo") as object;
    expect(parameters.get("echo")).toEqual({ ...own, cap_bits: 8 });
    expect(parameters.get("worklist")).toEqual(DEFAULT_CONFIGURATION.parameters.get("worklist"));
  });

  it("has an example that shows every parameter of every signal at its default", () => {
    const example = exampleConfiguration();
    expect(read(example)).toEqual(DEFAULT_CONFIGURATION);
    const value = parseConfig(example, "example.yaml", CONFIGURATION_SHAPE);
    for (const { id, parameters } of ALL_SIGNALS) {
      expect(value.signals?.[id], id).toEqual(parameters.parse({}));
    }
  });

  it("refuses signals and parameters that don't exist, and values out of range", () => {
    expect(() => read("signals:\n  eko: {}")).toThrow("line 2: signals.eko: no such key.");
    expect(() => read("signals:\n  echo:\n    cap: 3")).toThrow(
      "line 3: signals.echo.cap: no such",
    );
    expect(() => read("q: 0")).toThrow("line 1: q: ");
    expect(() => read("tick_seconds: 10")).toThrow("line 1: tick_seconds: ");
  });
});
