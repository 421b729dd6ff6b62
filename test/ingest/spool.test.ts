import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { placeOf } from "../../src/ingest/segment.ts";
import { openSpool, removeSegment, type Spool } from "../../src/ingest/spool.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "stillwatch-spool-"));

async function writeOne(spool: Spool, text: string) {
  const writer = await spool.begin();
  const bytes = Buffer.from(text);
  await writer.add({ bytes, lines: text.split("\n").length - 1, rejections: [] }, "a.ndjson", 1);
  return await writer.finish();
}

describe("openSpool", () => {
  it("keeps raw text from everyone but its owner", async () => {
    const spool = await openSpool(newFolder());
    const segment = await writeOne(spool, "x\n");
    const modes = [spool.folder, segment.path, segment.path.replace(".ndjson", ".json")].map(
      (path) => statSync(path).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });

  it("finds what an interrupted run finished, in order, and removes what it did not", async () => {
    const folder = newFolder();
    const before = await openSpool(folder);
    const segments = [await writeOne(before, "one\n"), await writeOne(before, "two\nthree\n")];
    await (
      await before.begin()
    ).add({ bytes: Buffer.from("cut"), lines: 1, rejections: [] }, "b", 1);
    writeFileSync(join(before.folder, "0000000009.json"), "{}");
    writeFileSync(join(before.folder, "0000000008.ndjson"), "no manifest\n");

    const after = await openSpool(folder);
    expect(after.leftover).toEqual(segments);
    expect(readdirSync(after.folder)).toHaveLength(4);
    const next = await writeOne(after, "four\n");
    expect(next.path > (segments[1]?.path ?? "")).toBe(true);
    for (const segment of [...segments, next]) await removeSegment(segment);
    expect(readdirSync(after.folder)).toEqual([]);
  });

  it("does not trust a segment whose manifest is damaged", async () => {
    const folder = newFolder();
    const spool = await openSpool(folder);
    const { path } = await writeOne(spool, "x\n");
    writeFileSync(path.replace(".ndjson", ".json"), '{"version":1');
    expect((await openSpool(folder)).leftover).toEqual([]);
    expect(readdirSync(spool.folder)).toEqual([]);
  });

  it("says which folder cannot be used", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "spool"), "a file");
    await expect(openSpool(folder)).rejects.toMatchObject({ code: "SW_DATA_UNUSABLE" });
  });

  it("remembers which file and line each row was", async () => {
    const spool = await openSpool(newFolder());
    const writer = await spool.begin();
    const add = (text: string, file: string, line: number, refused: number[] = []) =>
      writer.add(
        {
          bytes: Buffer.from(text),
          lines: text.split("\n").length - 1,
          rejections: refused.map((at) => ({ line: at, reason: "why" })),
        },
        file,
        line,
      );
    await add("a\nb\n", "one", 1);
    await add("c\n", "one", 3);
    await add("d\n\n", "two", 7, [1]);
    const { manifest, path } = await writer.finish();
    expect(manifest.pieces).toEqual([
      { row: 0, file: "one", line: 1 },
      { row: 3, file: "two", line: 7 },
    ]);
    expect(manifest.refusals).toEqual([{ row: 4, reason: "why" }]);
    const places = [0, 2, 3, 4].map((row) => placeOf(manifest, row));
    expect(places).toEqual([
      { file: "one", line: 1 },
      { file: "one", line: 3 },
      { file: "two", line: 7 },
      { file: "two", line: 8 },
    ]);
    expect(readFileSync(path, "utf8")).toBe("a\nb\nc\nd\n\n");
  });

  it("remembers lines that became several rows, and rows that are lines apart", async () => {
    const spool = await openSpool(newFolder());
    const writer = await spool.begin();
    const ofRow = [0, 1, 1, 1, 1, 2, 9];
    const block = { bytes: Buffer.from("\n".repeat(7)), lines: 7, rejections: [] };
    await writer.add({ ...block, origin: { ofRow, lines: 10 } }, "one", 5);
    const { manifest } = await writer.finish();
    expect(ofRow.map((_, row) => placeOf(manifest, row).line)).toEqual([5, 6, 6, 6, 6, 7, 14]);
    expect(manifest.pieces).toHaveLength(4);
  });
});
