import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { runHere } from "./run-here.ts";

/** What bash offers after the words typed so far, the last of which is being completed. */
async function offered(...typed: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await runHere("completion", "bash");
  const words = ["stillwatch", ...typed].map((word) => `'${word}'`).join(" ");
  const script = `${stdout}\nCOMP_WORDS=(${words}); COMP_CWORD=${typed.length}; _stillwatch; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", script], { encoding: "utf8" }).trim().split("\n");
}

describe("shell completion", () => {
  it("offers the commands that begin so", async () => {
    expect(await offered("s")).toEqual(["scan", "serve", "secret"]);
  });

  it("offers a command's options, after values and files too", async () => {
    expect(await offered("scan", "logs.ndjson", "--q", "0.01", "--rep")).toEqual(["--report"]);
  });

  it("offers a command below a command, and its options", async () => {
    expect(await offered("range", "r")).toContain("run");
    expect(await offered("range", "run", "--se")).toEqual(["--seeds"]);
  });

  it("offers nothing where files are meant", async () => {
    expect(await offered("scan", "logs/")).toEqual([""]);
  });

  it.each(["zsh", "fish"])("describes each offer to %s", async (shell) => {
    const { stdout } = await runHere("completion", shell);
    expect(stdout).toContain("Read exchanges from files, find groups of accounts, and say");
  });

  it("names the shells it knows where another is asked for", async () => {
    const { code, stderr } = await runHere("completion", "csh");
    expect(code).toBe(2);
    expect(stderr).toContain("bash, zsh, fish");
  });
});
