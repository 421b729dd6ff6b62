import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSignals } from "../scripts/docs/read-signals.ts";
import { generatedPages } from "../scripts/generate-docs.ts";
import {
  LAYERS,
  barredFromDirectives,
  blindToOrigin,
  importsOf,
  layers,
  purity,
} from "./tidy/layer-rules.ts";
import { commands, decisionIndex, links, signalFiles } from "./tidy/page-rules.ts";
import { bareSql, sourceViews } from "./tidy/source-text.ts";
import * as text from "./tidy/text-rules.ts";
import { readTree } from "./tidy/tree.ts";
import type { Complaint, TreeFile } from "./tidy/tree.ts";

const root = join(import.meta.dirname, "..");
const tree = readTree(root);
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
};
const scriptNames = Object.keys(manifest.scripts);

type Rule = (files: readonly TreeFile[]) => readonly Complaint[];

interface Case {
  readonly title: string;
  readonly rule: Rule;
  /** Planted files that the rule must complain of, each on its own. */
  readonly bad: readonly (readonly [path: string, text: string])[];
  /** Files that look alike and are fine. */
  readonly good: readonly (readonly [path: string, text: string])[];
}

/** Spelled in two halves, so that the rules may run over this file as well. */
const later = ["TO", "DO"].join("");
const verdict = ["gui", "lty"].join("");
const focus = ["on", "ly"].join("");
const machine = ["", "work", "x"].join("/");

const CASES: readonly Case[] = [
  {
    title: "lets a folder import only what stands before it",
    rule: layers,
    bad: [
      ["src/core/a.ts", 'import { b } from "../stats/b.ts";'],
      ["src/stats/a.ts", 'export * from "../cli/b.ts";'],
      ["src/graph/a.ts", 'const b = await import("../judge/b.ts");'],
      ["src/graph/a.ts", 'import "../../scripts/b.ts";'],
      ["src/graph/a.ts", 'import { c } from "@clickhouse/client";'],
      ["src/range/a.ts", 'import { b } from "../judge/b.ts";'],
      ["src/elsewhere/a.ts", "const a = 1;"],
      ["src/a.ts", "const a = 1;"],
    ],
    good: [
      ["src/judge/a.ts", 'import { b } from "../stats/b.ts"; // not from "../cli/b.ts"'],
      ["src/stats/a.ts", 'import type { b } from "./b.ts";\nimport { c } from "node:fs";'],
      ["src/range/texts/a.ts", 'import { b } from "../b.ts";'],
    ],
  },
  {
    title: "hands time, randomness and settings to the folders that compute",
    rule: purity,
    bad: [
      ["src/stats/a.ts", "const a = Math.random();"],
      ["src/judge/a.ts", "const a = `${new Date()}`;"],
      ["src/signals/a.ts", "const a = process.env;"],
    ],
    good: [
      ["src/cli/a.ts", "const a = new Date();"],
      ["src/stats/a.ts", '// Math.random\nconst a = "Math.random";\nconst b = new Date(0);'],
    ],
  },
  {
    title: "keeps country, language and nationality out of the signals",
    rule: blindToOrigin,
    bad: [
      ["src/signals/a.ts", "const a = row.payment_country;"],
      ["src/signals/a.ts", 'const a = row["language"];'],
      ["sql/signals/a.sql", "-- A question.\nSELECT country FROM a"],
    ],
    good: [
      ["src/signals/a.ts", '/** By country. */\nconst a = "a sentence about a language model";'],
      ["src/report/a.ts", "const a = row.country;"],
    ],
  },
  {
    title: "keeps directives and attested classes out of everything but their enforcement",
    rule: barredFromDirectives,
    bad: [
      ["src/signals/a.ts", 'import { b } from "../ledger/directives/standings.ts";'],
      ["src/judge/a.ts", 'const b = await import("../ledger/directives/open-directives.ts");'],
      ["src/graph/a.ts", 'export * from "../ledger/directives/tables.ts";'],
      ["src/report/a.ts", 'import { b } from "../response/directives/open-restrictions.ts";'],
      ["src/sharing/a.ts", 'import type { b } from "../ledger/directives/tables.ts";'],
      ["src/ledger/read-cases.ts", 'import { b } from "./directives/read-directives.ts";'],
      ["src/ledger/audit-file.ts", 'import { b } from "./directives/open-directives.ts";'],
      ["src/cli/scan.ts", 'import { b } from "../ledger/directives/attest.ts";'],
      ["src/cli/case/read.ts", 'import { b } from "../../ledger/directives/attest.ts";'],
      ["src/server/keep-cases.ts", 'import { b } from "../ledger/directives/attest.ts";'],
      ["sql/features/a.sql", "-- A question.\nSELECT class FROM attestations"],
    ],
    good: [
      ["src/cli/directive.ts", 'import { b } from "../ledger/directives/attest.ts";'],
      ["src/cli/directive/list.ts", 'import { b } from "../../ledger/directives/attest.ts";'],
      ["src/response/directives/a.ts", 'import { b } from "../../ledger/directives/attest.ts";'],
      ["src/server/directive-routes.ts", 'import { b } from "../ledger/directives/attest.ts";'],
      ["src/judge/a.ts", '// Not "../ledger/directives/attest.ts".\nimport "../ledger/lease.ts";'],
      ["sql/directives/001-a.sql", "-- Who.\nCREATE TABLE attestations (a TEXT);"],
    ],
  },
  {
    title: "keeps files at 400 lines or fewer",
    rule: text.length,
    bad: [["src/core/a.ts", "const a = 1;\n".repeat(401)]],
    good: [
      ["src/core/a.ts", "const a = 1;\n".repeat(400)],
      ["src/warehouse/a.gen.ts", "const a = 1;\n".repeat(401)],
    ],
  },
  {
    title: "leaves no note to do something later",
    rule: text.finished,
    bad: [
      ["src/core/a.ts", `// ${later}: later`],
      ["docs/a.md", `${later} write this`],
    ],
    good: [["src/core/a.ts", "const todo = 1;"]],
  },
  {
    title: "runs every test",
    rule: text.everyTestRuns,
    bad: [
      ["test/a.test.ts", `it.${focus}("runs", () => {});`],
      ["test/a.test.ts", `describe.concurrent.${focus}("runs", () => {});`],
      ["test/a.test.ts", `it.${["skip", "If"].join("")}(true)("runs", () => {});`],
    ],
    good: [["test/a.test.ts", `it("says it.${focus} in a string", () => {});`]],
  },
  {
    title: "names files and folders in kebab-case, for what they hold",
    rule: text.names,
    bad: [
      ["src/core/someThing.ts", ""],
      ["src/Core/a.ts", ""],
      ["src/core/text-utils.ts", ""],
      ["test/snake_case.test.ts", ""],
    ],
    good: [
      ["src/core/some-thing.gen.ts", ""],
      ["test/cli/scan.system.test.ts", ""],
      ["sql/schema/001-exchanges.sql", ""],
      ["docs/adr/README.md", ""],
    ],
  },
  {
    title: "exports by name",
    rule: text.namedExports,
    bad: [
      ["src/core/a.ts", "export default 1;"],
      ["src/core/a.ts", "export { a as default };"],
    ],
    good: [["src/core/a.ts", '// export default\nexport const a = "export default";']],
  },
  {
    title: "pronounces nobody and names no company",
    rule: text.wording,
    bad: [
      ["src/core/a.ts", `const a = "${verdict}";`],
      ["README.md", `The ${verdict.toUpperCase()} party`],
      ["sql/a.sql", `-- ${["deep", "seek"].join("")}`],
    ],
    good: [["src/core/a.ts", 'const a = "flagged";']],
  },
  {
    title: "holds no path of one machine",
    rule: text.noMachinePaths,
    bad: [
      ["src/core/a.ts", `const a = "${machine}";`],
      ["docs/a.md", `See ${machine}`],
      ["src/core/a.ts", `const a = "${["", "tmp", "a"].join("/")}";`],
    ],
    good: [["src/core/a.ts", 'const a = "https://example.org/work/a";']],
  },
  {
    title: "documents every export",
    rule: text.documented,
    bad: [
      ["src/core/a.ts", "export const a = 1;"],
      ["src/core/a.ts", "/** The first. */\nexport const a = 1;\nexport type B = string;"],
      ["src/core/a.ts", "// A remark.\nexport async function* a() {}"],
    ],
    good: [
      ["src/core/a.ts", "/** What it is. */\nexport const a = 1;"],
      ["src/core/a.ts", "/**\n * Both.\n */\nexport function a(): void;\nexport function a() {}"],
      ["src/warehouse/a.gen.ts", "export const a = 1;"],
    ],
  },
  {
    title: "holds SQL as one commented statement a file, its placeholders typed",
    rule: text.sql,
    bad: [
      ["sql/a.sql", "SELECT 1"],
      ["sql/a.sql", "-- Two.\nSELECT 1; SELECT 2"],
      ["sql/a.sql", "-- Nothing."],
      ["sql/a.sql", "-- Untyped.\nSELECT {a}"],
      ["sql/a.sql", "-- Glued.\nSELECT ${a}"],
    ],
    good: [
      [
        "sql/a.sql",
        "-- One; or is it?\nSELECT ';', '{a}', {a:DateTime64(3, 'UTC')}, {b:String};\n",
      ],
      ["sql/a.sql", "-- Nested.\nSELECT {a:Array(Nullable(UInt64))} -- {no}\n"],
    ],
  },
  {
    title: "gives every signal its page and its test",
    rule: signalFiles,
    bad: [
      ["src/signals/a.ts", 'export const a = {\n  axis: "harvest",\n};'],
      ["docs/signals/a.md", "# a"],
    ],
    good: [["src/signals/signal.ts", 'readonly axis: "coordination" | "harvest";']],
  },
  {
    title: "links to pages that exist",
    rule: (files) => links(files, (path) => existsSync(join(root, path))),
    bad: [["docs/a.md", "[there](nowhere.md)"]],
    good: [["docs/a.md", "[here](../package.json#name) and [away](https://example.org)"]],
  },
  {
    title: "names every decision in the index, in order",
    rule: decisionIndex,
    bad: [
      ["docs/adr/0099-a.md", "# 0099"],
      ["docs/adr/README.md", "- [0002](0002-b.md)\n- [0001](0001-a.md)\n"],
    ],
    good: [["docs/adr/README.md", "- [0001](0001-a.md)\n- [0002](0002-b.md)\n"]],
  },
  {
    title: "mentions only npm scripts that exist",
    rule: (files) => commands(files, scriptNames),
    bad: [["docs/a.md", "`npm run nothing`"]],
    good: [["docs/a.md", "`npm run --silent check`, and npm run generate: always"]],
  },
];

describe.each(CASES)("the project $title", ({ rule, bad, good }) => {
  it("everywhere", () => {
    expect(rule(tree).map(({ path, problem }) => `${path}: ${problem}`)).toEqual([]);
  });

  it("and a planted violation is found", () => {
    for (const [path, content] of bad)
      expect(rule([{ path, text: content }]), `${path}: ${content}`).not.toEqual([]);
    for (const [path, content] of good)
      expect(rule([{ path, text: content }]), `${path}: ${content}`).toEqual([]);
  });
});

describe("the tidy rules", () => {
  it("see the project's files", () => {
    const paths = tree.map(({ path }) => path);
    for (const path of ["package.json", "test/tidy.test.ts", "src/core/errors.ts", ".ci/run"])
      expect(paths).toContain(path);
    expect(new Set(paths.map((path) => /^src\/(\w+)\//.exec(path)?.[1]))).not.toEqual(new Set());
    expect(LAYERS[0]).toBe("core");
  });

  it("tell code from comments, strings, templates and regular expressions", () => {
    const source = [
      'const a = "//"; // gone',
      "const b = `x ${c /* gone */} \\` {`; d();",
      "const e = /[/\"']/.test(f) ? g / h : 1; i();",
      "/* gone\n gone */ const j = '\\'';",
    ].join("\n");
    const { code, bare } = sourceViews(source);
    expect(code).not.toContain("gone");
    expect(code).toContain('"//"');
    for (const kept of [" c ", "d();", "g / h", "i();", "const j ="]) expect(bare).toContain(kept);
    expect(bare).not.toMatch(/["'`]\/\/|\[\//);
    expect([code.length, bare.length]).toEqual([source.length, source.length]);
  });

  it("read imports in every form", () => {
    const source = `import a from "a";\nexport { b } from 'b';\nimport "c";\nawait import("d");\n// import "e"`;
    expect(importsOf(source)).toEqual(["a", "b", "c", "d"]);
  });

  it("read SQL past its comments and strings", () => {
    expect(bareSql("SELECT 'it''s; -- no', 1 -- yes; no").trim()).toBe("SELECT '', 1");
  });

  it("find every generated page as the generator would write it", async () => {
    for (const [path, page] of await generatedPages())
      expect(readFileSync(join(root, path), "utf8"), `${path}: npm run generate`).toBe(page);
  });

  it("find every signal with its look-alikes, blind spots and reasons, and every parameter described", async () => {
    const signals = await readSignals(join(root, "src/signals"));
    expect(signals.length).toBeGreaterThan(0);
    for (const { id, title, summary, falsePositives, blindSpots, needs } of signals) {
      expect([title, summary, needs, ...falsePositives, ...blindSpots], id).not.toContain("");
      expect([falsePositives.length, blindSpots.length].every(Boolean), id).toBe(true);
      const page = readFileSync(join(root, `docs/signals/${id}.md`), "utf8");
      expect(page, id).not.toMatch(/\(default undefined\)|\): \n/);
    }
  });

  it("run on a Node that package.json allows, whatever the machine's own", () => {
    const least = manifest.engines.node.replace(">=", "").split(".").map(Number);
    const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
    expect(major * 1000 + minor).toBeGreaterThanOrEqual((least[0] ?? 0) * 1000 + (least[1] ?? 0));
  });

  it("find the README within 150 lines", () => {
    const readme = tree.find(({ path }) => path === "README.md")?.text ?? "";
    expect(readme).not.toBe("");
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(150);
  });
});
