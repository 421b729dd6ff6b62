import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { worldResult } from "../range/score-sample.ts";

const bin = fileURLToPath(new URL("../../bin/stillwatch.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "stillwatch-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function range(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, "range", ...words],
      { cwd: folder, env: { ...process.env, NO_COLOR: "1" } },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

const HEADER = {
  kind: "run",
  version: 1,
  suite: "reported",
  size: "ci",
  seeds: 2,
  scale: null,
  q: 0.01,
  worlds: 2,
};

describe("stillwatch range", () => {
  it("lists suites, operations and look-alikes", async () => {
    const { code, out } = await range("list");
    expect(code).toBe(0);
    for (const name of ["reported", "hiding", "legitimate", "frontier", "fixed-line"]) {
      expect(out).toContain(name);
    }
    expect(out).toContain("university class");
  });

  it("writes one world as files, and says how to scan it", async () => {
    const made = await range("make", "legitimate", "--size", "ci", "--folder", "w", "--quiet");
    expect(made.code).toBe(0);
    expect(made.out).toContain("stillwatch scan w/exchanges.ndjson --accounts w/accounts.ndjson");
    expect(readdirSync(join(folder, "w"))).toEqual(
      expect.arrayContaining(["accounts.ndjson", "exchanges.ndjson", "truth.json"]),
    );
  });

  it("prints and writes the tables of runs that were kept, finished or not", async () => {
    const lines = [HEADER, worldResult()].map((line) => `${JSON.stringify(line)}\n`);
    writeFileSync(join(folder, "run.ndjson"), `${lines.join("")}{"kind":"wor`);
    const outputs = ["--report", "r.html", "--markdown", "r.md"];
    const { code, out } = await range("report", "run.ndjson", ...outputs);
    expect(code).toBe(0);
    expect(out).toContain("1 worlds of 2 (1 not run)");
    const page = readFileSync(join(folder, "r.html"), "utf8");
    expect(page).toContain('<h2 id="reported">');
    expect(page).not.toMatch(/https?:\/\//);
    expect(readFileSync(join(folder, "r.md"), "utf8")).toMatch(/^\| graders +\| +1 \| +20 \|/m);
  });

  it("refuses to sum up runs that were not run alike, or files of something else", async () => {
    writeFileSync(join(folder, "a.ndjson"), `${JSON.stringify(HEADER)}\n`);
    writeFileSync(join(folder, "b.ndjson"), `${JSON.stringify({ ...HEADER, size: "full" })}\n`);
    writeFileSync(join(folder, "c.txt"), "not a run\nat all\n");
    const unlike = await range("report", "a.ndjson", "b.ndjson");
    expect(unlike).toMatchObject({ code: 2, out: "" });
    expect(unlike.err).toContain("runs of reported at different sizes, scales or q");
    expect((await range("report", "c.txt")).err).toContain("c.txt: cannot be read");
    expect((await range("report", "none.ndjson")).err).toContain("none.ndjson: no such file");
  });

  it.each([
    [
      ["run", "nothing"],
      "No suite nothing. There are: reported, hiding, legitimate, frontier, drift.",
    ],
    [["run", "--scale", "3"], "--scale 3: give a share of 0.001 to 1, or 1:1000 to 1:1."],
    [["run", "--seeds", "x"], "--seeds x: give a whole number of 1 to 10000."],
    [["run", "--size", "big"], "--size big: give full or ci."],
    [["run", "--resume"], "--resume needs --json: the file that holds what was finished."],
    [["make", "reported", "nowhere"], "No world nowhere in reported."],
  ])("refuses %j", async (words, complaint) => {
    const { code, err } = await range(...words);
    expect(code).toBe(2);
    expect(err).toContain(complaint);
  });
});
