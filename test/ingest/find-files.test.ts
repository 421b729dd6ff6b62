import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findFiles } from "../../src/ingest/find-files.ts";

function folderWith(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-files-"));
  mkdirSync(join(folder, "day"));
  for (const name of names) writeFileSync(join(folder, name), "");
  return folder;
}

describe("findFiles", () => {
  it("expands globs by name, leaves folders out, and gives each file once", async () => {
    const folder = folderWith("b.ndjson", "a.ndjson", "day/c.ndjson", "other.txt");
    const found = await findFiles([join(folder, "b.ndjson"), join(folder, "**/*.ndjson"), "-"]);
    expect(found).toEqual([
      join(folder, "b.ndjson"),
      join(folder, "a.ndjson"),
      join(folder, "day/c.ndjson"),
      "-",
    ]);
  });

  it("takes a name with glob characters literally where such a file exists", async () => {
    const folder = folderWith("log[1].ndjson", "log1.ndjson");
    expect(await findFiles([join(folder, "log[1].ndjson")])).toEqual([
      join(folder, "log[1].ndjson"),
    ]);
  });

  it("names a path or a glob behind which there is nothing", async () => {
    const folder = folderWith();
    await expect(findFiles([join(folder, "none.gz")])).rejects.toMatchObject({
      code: "SW_INPUT_MISSING",
    });
    await expect(findFiles([join(folder, "*.gz")])).rejects.toThrow(/no such file/);
  });

  it("asks for a glob where a folder is given", async () => {
    const folder = folderWith("a.ndjson");
    await expect(findFiles([folder])).rejects.toThrow(
      `give files or a glob such as ${folder}/*.ndjson`,
    );
  });
});
