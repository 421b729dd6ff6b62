import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { loadLabels } from "../../src/ingest/load-labels.ts";

const folder = mkdtempSync(join(tmpdir(), "stillwatch-labels-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function load(text: string): ReturnType<typeof loadLabels> {
  const file = join(folder, "labels.ndjson");
  writeFileSync(file, text);
  return loadLabels(file);
}

it("reads labels of accounts and of groups, with their lines", async () => {
  const text = '{"account":"a","label":"positive"}\n\n{"group":"g3","label":"legitimate"}\n';
  expect(await load(text)).toEqual([
    { account: "a", label: "positive", line: 1 },
    { group: "g3", label: "legitimate", line: 3 },
  ]);
});

it.each([
  ['{"account":"a","label":"bad"}', "line 1: label: "],
  ['{"account":"a","group":"g1","label":"positive"}', "line 1: a label is about an account or a"],
  ['{"label":"positive"}', "line 1: a label is about an account or a group"],
  ['{"account":"a","label":"positive"}\nyes', "line 2: not valid JSON"],
])("refuses %j with the line and the reason", async (text, message) => {
  await expect(load(text)).rejects.toThrow(message);
});
