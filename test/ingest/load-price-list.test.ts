import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadKnownGroups } from "../../src/ingest/load-known-groups.ts";
import { loadPriceList } from "../../src/ingest/load-price-list.ts";
import { sampleOutcome } from "../report/sample-outcome.ts";

function fileWith(content: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), "stillwatch-json-")), "file.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const failure = (loaded: Promise<unknown>) =>
  loaded.then(
    () => "none",
    (error: Error) => error.message.replace(/^.*file\.json/, "file.json"),
  );

describe("a price list", () => {
  it("is read as it is", async () => {
    const prices = {
      currency: "EUR",
      models: { "orion-4": { input: 3, cached: 0.3, output: 15 }, plain: { input: 0, output: 2 } },
    };
    expect(await loadPriceList(fileWith(prices))).toEqual(prices);
  });

  it("is refused with the field that is wrong", async () => {
    const one = (change: object) =>
      failure(
        loadPriceList(
          fileWith({ currency: "USD", models: { m: { input: 1, output: 2, ...change } } }),
        ),
      );
    expect(await one({ input: -1 })).toMatch(/^file\.json: models\.m\.input: /);
    expect(await one({ batch: 1 })).toMatch(/^file\.json: models\.m: /);
    expect(await failure(loadPriceList(fileWith({ currency: "dollars", models: {} })))).toMatch(
      /currency: must be three capital letters/,
    );
    expect(await failure(loadPriceList(fileWith("{")))).toMatch(/^file\.json: not valid JSON/);
    expect(await failure(loadPriceList(join(tmpdir(), "nowhere", "file.json")))).toMatch(/ENOENT/);
  });
});

describe("known groups", () => {
  it("are the flagged groups of an earlier result", async () => {
    const { result } = sampleOutcome({ campaigns: 2, others: 5, accounts: 30, hours: 100 });
    const known = await loadKnownGroups(fileWith(result));
    expect(known.map(({ id }) => id)).toEqual(result.groups.slice(0, 2).map(({ id }) => id));
    expect(known[0]!.indicators).toEqual(result.groups[0]!.indicators);
  });

  it("are refused where the file is something else", async () => {
    expect(await failure(loadKnownGroups(fileWith({ groups: [{ id: "g1" }] })))).toMatch(
      /^file\.json: groups\.0\..*--json result of an earlier scan/,
    );
  });
});
