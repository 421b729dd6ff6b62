import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepLastScan } from "../../src/judge/last-scan.ts";
import { sampleOutcome } from "../report/sample-outcome.ts";
import { runHere } from "./run-here.ts";

const folder = mkdtempSync(join(tmpdir(), "stillwatch-explain-"));
const file = join(folder, "result.json");
const { result } = sampleOutcome({ campaigns: 1, others: 4, accounts: 50, hours: 240 });
const { id, accounts } = result.groups[0]!;

beforeAll(() => {
  writeFileSync(file, JSON.stringify(result));
  keepLastScan(folder, { scanned_at: "2026-05-03T08:00:00.000Z", result });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("stillwatch explain", () => {
  it("tells the story of a group, from a data folder and from a result alike", async () => {
    const kept = await runHere("explain", id, "--data", folder);
    expect(kept).toMatchObject({ code: 0, stderr: "" });
    expect(kept.stdout).toContain(`Group ${id}: campaign`);
    expect(kept.stdout).toContain("By the scan of 2026-05-03 08:00 UTC");
    const given = await runHere("explain", id, "--from", file);
    expect(words(given.stdout)).toBe(
      words(kept.stdout).replace("the scan of 2026-05-03 08:00 UTC", "the scan"),
    );
  });

  it("gives the same as JSON, printed or in a file", async () => {
    const account = accounts[3]!;
    const { stdout } = await runHere("explain", account, "--from", file, "--json", "-");
    const told = JSON.parse(stdout) as object;
    expect(told).toMatchObject({
      version: 1,
      name: account,
      groups: [{ id }],
      memberships: [{ account, group: id }],
    });
    const out = join(folder, "story.json");
    const { stdout: story } = await runHere("explain", account, "--from", file, "--json", out);
    expect(JSON.parse(readFileSync(out, "utf8"))).toEqual(told);
    expect(story).toContain(`${account} is in group ${id}`);
  });

  it.each([
    [["explain", `${id}0`, "--from", file], 1, `Did you mean ${id}`],
    [["explain", id], 2, "Say where the scan is: --data with its folder, or --from with its JSON."],
    [["explain", id, "--data", folder, "--from", file], 2, "Say where the scan is"],
    [["explain", id, "--data", join(folder, "none")], 1, "no scan is kept there."],
    [["explain", id, "--from", join(folder, "none.json")], 1, "no such file."],
  ])("answers %j with %i and a line", async (given, code, line) => {
    const ran = await runHere(...given);
    expect(ran).toMatchObject({ code, stdout: "" });
    expect(ran.stderr).toContain(line);
    expect(ran.stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
