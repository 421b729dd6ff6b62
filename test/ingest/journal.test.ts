import { appendFileSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openJournal } from "../../src/ingest/journal.ts";
import type { JournalPart } from "../../src/ingest/journal-part.ts";
import { openSpool } from "../../src/ingest/spool.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "stillwatch-journal-"));
const line = (text: string) => ({ texts: [Buffer.from(`${text}\n`)], rows: 1 });

describe("the journal", () => {
  it("has what it promised on disk, readable by its owner only, and gives it away in order", async () => {
    const spool = await openSpool(newFolder());
    const journal = openJournal(spool);
    await Promise.all(["a", "b", "c"].map((text) => journal.append(line(text))));
    const [first] = await journal.take();
    await journal.append(line("d"));
    const [second] = await journal.take();
    expect([first, second].map((one) => readFileSync(one?.path ?? "", "utf8"))).toEqual([
      "a\nb\nc\n",
      "d\n",
    ]);
    expect(statSync(first?.path ?? "").mode & 0o777).toBe(0o600);
    expect(first?.manifest).toMatchObject({ rows: 3, bytes: 6 });
    expect(await journal.take()).toEqual([]);
    expect(readdirSync(spool.folder)).toHaveLength(2);
  });

  it("shares one write between those who wait at once", async () => {
    const spool = await openSpool(newFolder());
    let writes = 0;
    const journal = openJournal({
      beginPart: async () => {
        const part = await spool.beginPart();
        return {
          bytes: 0,
          end: () => part.end(),
          append: (texts, rows) => {
            writes++;
            return part.append(texts, rows);
          },
        };
      },
    });
    await Promise.all(Array.from({ length: 50 }, (_, i) => journal.append(line(String(i)))));
    expect(writes).toBeLessThan(5);
  });

  it("is found again by the next start, but for a last line that was torn", async () => {
    const folder = newFolder();
    const journal = openJournal(await openSpool(folder));
    await journal.append(line("kept"));
    const [segment] = await journal.take();
    appendFileSync(segment?.path ?? "", '{"id":"to');
    const after = await openSpool(folder);
    expect(after.leftover).toEqual([segment]);
    expect(readFileSync(segment?.path ?? "", "utf8")).toBe("kept\n");
    const next = await after.beginPart();
    await next.append([Buffer.from("next\n")], 1);
    expect((await next.end())?.path).not.toBe(segment?.path);
  });

  it("promises nothing when the disk refuses, leaves nothing of it behind, and goes on in another part", async () => {
    const folder = newFolder();
    const spool = await openSpool(folder);
    let parts = 0;
    const tear = (): void => {
      appendFileSync(join(spool.folder, readdirSync(spool.folder)[0] ?? ""), "sec");
    };
    const journal = openJournal({
      beginPart: async () => failing(await spool.beginPart(), parts++ === 0 ? tear : undefined),
    });
    await journal.append(line("first"));
    const refused = journal.append(line("second"));
    await expect(refused).rejects.toMatchObject({
      code: "SW_JOURNAL_FAILED",
      details: { reason: "ENOSPC" },
    });
    await journal.append(line("third"));
    const texts = (await journal.take()).map(({ path }) => readFileSync(path, "utf8"));
    expect(texts).toEqual(["first\n", "third\n"]);
    expect((await openSpool(folder)).leftover).toHaveLength(2);
  });

  it("gives a part's promised lines away even where its file can't be reached any more", async () => {
    const part = await (await openSpool(newFolder())).beginPart();
    await part.append(line("kept").texts, 1);
    const ended = await part.end();
    expect(await part.end()).toEqual(ended);
    expect(readFileSync(ended?.path ?? "", "utf8")).toBe("kept\n");
  });
});

/** A part whose second write does `tear`, where there is one, and fails. */
function failing(part: JournalPart, tear: (() => void) | undefined): JournalPart {
  let writes = 0;
  return {
    get bytes() {
      return part.bytes;
    },
    append: async (texts, rows) => {
      if (tear === undefined || writes++ === 0) return part.append(texts, rows);
      tear();
      throw Object.assign(new Error("no space"), { code: "ENOSPC" });
    },
    end: () => part.end(),
  };
}
