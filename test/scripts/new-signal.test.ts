import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { newSignalFiles } from "../../scripts/new-signal.ts";
import { signalFiles } from "../tidy/page-rules.ts";
import { documented } from "../tidy/text-rules.ts";

const list = readFileSync(new URL("../../src/signals/all-signals.ts", import.meta.url), "utf8");

describe("a new signal", () => {
  const laid = newSignalFiles("odd-hours", "harvest", "time", list);
  const files = [...laid].map(([path, text]) => ({ path, text }));

  it("comes with its page and its test, and breaks no rule", () => {
    expect(signalFiles(files)).toEqual([]);
    expect(documented(files.filter(({ path }) => path.endsWith("odd-hours.ts")))).toEqual([]);
  });

  it("is entered in the list once, beside those that were there", () => {
    const entered = laid.get("src/signals/all-signals.ts") ?? "";
    expect(entered.match(/\boddHours\b/g)).toHaveLength(2);
    expect(entered).toContain('import { oddHours } from "./odd-hours.ts";');
    expect(entered).toMatch(/, oddHours,?\s*\];/);
    for (const [name] of list.matchAll(/\.\/[\w-]+\.ts/g)) expect(entered).toContain(name);
  });

  it("has tests that fail until they show something", () => {
    const test = laid.get("test/signals/odd-hours.test.ts") ?? "";
    expect(test.match(/expect\.fail/g)).toHaveLength(3);
  });
});
