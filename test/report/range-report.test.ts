import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import type { RunHeader } from "../../src/range/run-result.ts";
import { summarize } from "../../src/range/score-summary.ts";
import { suiteNamed } from "../../src/range/suites/catalog.ts";
import { renderRangeReport } from "../../src/report/range-report.ts";
import { worldResult } from "../range/score-sample.ts";

const HEADER: RunHeader = {
  kind: "run",
  version: 1,
  suite: "frontier",
  size: "ci",
  seeds: 1,
  scale: null,
  q: 0.01,
  worlds: 2,
};

it("the range report holds tables and curves, and lets in nothing but its own style and script", () => {
  const worlds = [0, 0.9].map((cover) =>
    worldResult({
      suite: "frontier",
      world: `cover <${cover}>`,
      sweep: "cover",
      point: { cover },
    }),
  );
  const failures = [
    { kind: "failure" as const, suite: "frontier", world: "x", seed: "1", reason: "a <b>" },
  ];
  const summaries = summarize({ headers: [HEADER], worlds, failures }, [suiteNamed("frontier")]);
  const page = renderRangeReport({ summaries, generatedAt: new Date("2026-11-21T00:00:00Z") });
  const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? "";
  expect(page).toContain(`'sha256-${createHash("sha256").update(style).digest("base64")}'`);
  expect(page).toContain('id="frontier-sweep-1"');
  expect(page).toContain("cover &lt;0.9&gt;");
  expect(page).toContain("a &lt;b&gt;");
  expect(page).not.toMatch(/https?:\/\/|NaN|>undefined/);
});
