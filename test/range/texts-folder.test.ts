import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mergeByTime } from "../../src/range/merge-by-time.ts";
import { makePerson, personActor } from "../../src/range/person.ts";
import { makeRandom } from "../../src/range/random.ts";
import { folderTexts } from "../../src/range/texts/folder-texts.ts";
import { readTexts } from "../../src/range/texts/read-texts.ts";
import { writeTask } from "../../src/range/texts/tasks.ts";
import { SPAN } from "./first-turns.ts";

const folder = mkdtempSync(join(tmpdir(), "stillwatch-texts-"));

beforeAll(() => {
  mkdirSync(join(folder, "more"));
  writeFileSync(join(folder, "a.txt"), "First block,\nin two lines.\n\nSecond block.\n");
  writeFileSync(join(folder, "b.txt"), "one line\nanother line\n");
  writeFileSync(join(folder, "c.csv"), 'id,Prompt\n1,"Say ""hi"", twice"\n2,"over\ntwo lines"\n');
  writeFileSync(
    join(folder, "more", "d.jsonl"),
    [
      { user: "u1", messages: [turn("user", "q1"), turn("assistant", "a1"), turn("user", "q2")] },
      { user: "u1", turns: ["only asked"] },
      { instruction: "Translate.", input: "bonjour", output: "hello" },
      { nothing: 1 },
    ]
      .map((line) => JSON.stringify(line))
      .concat("not json")
      .join("\n"),
  );
  writeFileSync(join(folder, "e.bin"), "not read");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const turn = (role: string, content: string): object => ({ role, content });

describe("a folder of texts", () => {
  it("is read file by file: blocks or lines of plain text, rows of tables, conversations", () => {
    expect(readTexts(folder)).toEqual([
      { owner: "a.txt", asked: ["First block,\nin two lines."], answered: [] },
      { owner: "a.txt", asked: ["Second block."], answered: [] },
      { owner: "b.txt", asked: ["one line"], answered: [] },
      { owner: "b.txt", asked: ["another line"], answered: [] },
      { owner: "c.csv", asked: ['Say "hi", twice'], answered: [] },
      { owner: "c.csv", asked: ["over\ntwo lines"], answered: [] },
      { owner: "more/d.jsonl\nu1", asked: ["q1", "q2"], answered: ["a1"] },
      { owner: "more/d.jsonl\nu1", asked: ["only asked"], answered: [] },
      { owner: "more/d.jsonl", asked: ["Translate.\n\nbonjour"], answered: ["hello"] },
    ]);
  });

  it("that is missing or holds no text is refused", () => {
    expect(() => readTexts(join(folder, "absent"))).toThrow(/no such file/);
    const empty = mkdtempSync(join(tmpdir(), "stillwatch-texts-"));
    expect(() => readTexts(empty)).toThrow(/no text/);
    rmSync(empty, { recursive: true });
  });
});

/** `count` numbered texts, by `owners` people. */
function numbered(count: number, owners: number): ReturnType<typeof readTexts> {
  return Array.from({ length: count }, (_unused, i) => ({
    owner: owners === 0 ? "file" : `file\n${i % owners}`,
    asked: [`text ${i}`],
    answered: [`answer ${i}`],
  }));
}

describe("a world that takes its texts from a folder", () => {
  it("gives people and lists different texts, and none twice while there are any left", () => {
    const source = folderTexts(numbered(800, 0));
    const shelves = Array.from({ length: 30 }, () => source.shelf());
    const given = shelves.flatMap((shelf) => Array.from({ length: 16 }, () => shelf.opening()));
    const tasks = Array.from({ length: 100 }, () => source.task());
    expect(new Set([...given, ...tasks]).size).toBe(given.length + tasks.length);
  });

  it("keeps one owner's texts with one person, and the answers with their questions", () => {
    const shelf = folderTexts(numbered(60, 12)).shelf();
    const own = Array.from({ length: 5 }, () => {
      const text = shelf.opening();
      expect(shelf.answer()).toBe(text.replace("text", "answer"));
      expect(shelf.followup()).toBeUndefined();
      return Number(text.slice(5)) % 12;
    });
    expect(new Set(own).size).toBe(1);
  });

  it("lets people say nothing else first, and goes on in the grammar's words", () => {
    const random = makeRandom("folder", folderTexts(numbered(4000, 0)));
    const person = makePerson(random, { span: SPAN, daily: 4 });
    const drafts = [...mergeByTime([personActor(person, SPAN, random.fork("life"))])];
    const first = drafts.flatMap(({ draft: { messages } }) =>
      messages.length === 1 ? [messages[0]!.text] : [],
    );
    expect(first.length).toBeGreaterThan(5);
    for (const text of first) expect(text).toMatch(/^text \d+$/);
    expect(drafts.length).toBeGreaterThan(first.length);
    expect(writeTask(random, "code").text).toMatch(/^text \d+$/);
  });
});
