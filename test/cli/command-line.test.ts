import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const bin = fileURLToPath(new URL("../../bin/stillwatch.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "stillwatch-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function stillwatch(...words: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [bin, ...words],
      { cwd: folder, env: { ...process.env, NO_COLOR: "1" } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
    child.stdin?.end();
  });
}

describe("the command line", () => {
  it("greets and says what to do next when it is given nothing", async () => {
    const { code, stdout, stderr } = await stillwatch();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("stillwatch demo");
    expect(stdout).toContain("stillwatch scan logs/*.ndjson");
  });

  it.each([
    [["--help"]],
    [["scan", "--help"]],
    [["doctor", "--help"]],
    [["map", "--help"]],
    [["explain", "--help"]],
    [["backtest", "--help"]],
    [["fingerprint", "--help"]],
    [["demo", "--help"]],
    [["agreement", "--help"]],
    [["outbox", "--help"]],
  ])("explains itself: %j", async (words) => {
    const { code, stdout, stderr } = await stillwatch(...words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot(
      `./golden/${words.join("-").replaceAll("--", "")}.txt`,
    );
  });

  it("proposes a map that scan then reads, without a value of the log in it", async () => {
    const log = fileURLToPath(new URL("../../examples/dialects/bespoke.ndjson", import.meta.url));
    const { code, stdout } = await stillwatch("map", log);
    expect(code).toBe(0);
    await expect(stdout.replace(log, "bespoke.ndjson")).toMatchFileSnapshot("./golden/map.txt");
    writeFileSync(join(folder, "map.yaml"), stdout);
    const scanned = await stillwatch("scan", log, "--map", "map.yaml", "--quiet");
    rmSync(join(folder, "map.yaml"));
    expect(scanned.stdout).toContain("Lines read: 4 (4 accepted");
    expect(scanned.stderr).toBe("");
    expect(scanned.stdout).toContain("What would have been found can't be measured here.");
  });

  it("leaves out what it would have found where it is told to", async () => {
    const log = fileURLToPath(new URL("../../examples/dialects/bedrock.ndjson", import.meta.url));
    const asked = await stillwatch("scan", log, "--no-power", "--quiet", "--json", "-");
    expect(JSON.parse(asked.stdout)).not.toHaveProperty("power");
  });

  it("prints the package's version", async () => {
    expect((await stillwatch("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [
      ["scan"],
      "stillwatch: Nothing to read: give files, or - for standard input, or --data to judge what a folder holds.",
    ],
    [
      ["range", "make", "reported", "--data", "x", "--texts", "y"],
      "stillwatch: --data does not go with --texts: leave one out.",
    ],
    [
      ["scan", "a.ndjson", "--jsn", "x"],
      "stillwatch: unknown option '--jsn' (Did you mean --json?) See `stillwatch scan --help`.",
    ],
    [["scna"], "stillwatch: scna: no such command. Did you mean scan? See `stillwatch --help`."],
    [
      ["scan", "a", "--tick", "soon"],
      "stillwatch: --tick soon: not a duration. Write a number and a unit, such as 15m, 1h or 7d.",
    ],
    [["scan", "a", "--tick", "10s"], "stillwatch: --tick 10s: out of range. Give 1m to 7d."],
    [
      ["scan", "a", "--q", "2"],
      "stillwatch: --q 2: not a rate. Give a number above 0 and at most 0.5, such as 0.01.",
    ],
    [
      ["scan", "a", "--report", "-"],
      "stillwatch: --report needs a file name, such as report.html.",
    ],
    [["fingerprint"], "stillwatch: Name files, - for standard input, or --listen an address."],
    [
      ["fingerprint", "--listen", "8700", "--to", "watch.example.org"],
      "stillwatch: --to watch.example.org: give a URL, such as https://watch.example.org/exchanges.",
    ],
    [["scan", "-", "-"], "stillwatch: - stands for standard input, which can be read once."],
    [
      ["scan", "a", "--json", "x", "--report", "x"],
      "stillwatch: --json and --report both name x. Give two files.",
    ],
  ])("answers %j with one line and 2", async (words, line) => {
    expect(await stillwatch(...words)).toEqual({ code: 2, stdout: "", stderr: `${line}\n` });
  });

  it("says before the work that an output has nowhere to go", async () => {
    const { code, stderr } = await stillwatch("scan", "a", "--json", "nowhere/out.json");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "stillwatch: nowhere/out.json: cannot be written (its folder does not exist).\n",
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("says which line of a configuration can't be read, before it looks for traffic", async () => {
    writeFileSync(join(folder, "new.yaml"), "q: 0.05\nsignals:\n  ecco: {}\n");
    const { code, stderr } = await stillwatch("scan", "a", "--config", "new.yaml");
    rmSync(join(folder, "new.yaml"));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "stillwatch: new.yaml, line 3: signals.ecco: no such key. Did you mean echo?\n",
    });
  });

  it("shows a stack only with --debug", async () => {
    expect((await stillwatch("scan", "a", "--q", "x", "--debug")).stderr).toMatch(/\n\s+at /);
    expect((await stillwatch("scan", "a", "--q", "x")).stderr).not.toMatch(/\n\s+at /);
  });
});
