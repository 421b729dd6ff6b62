import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { loadAgreements } from "../../src/ingest/load-agreements.ts";

const AGREEMENT = {
  id: "agr_1",
  customer: "Willow Analytics",
  organizations: ["org_willow"],
  models: ["orion-4"],
  purpose: "a smaller model for its own support desk",
  budget: { output_tokens: 500_000_000 },
  from: "2026-01-01",
  until: "2027-01-01T00:00:00+02:00",
};

function fileWith(content: string | Buffer): string {
  const path = join(mkdtempSync(join(tmpdir(), "stillwatch-agreements-")), "agreements");
  writeFileSync(path, content);
  return path;
}

const failure = (content: string) =>
  loadAgreements(fileWith(content)).then(
    () => "none",
    (error: Error) => error.message.replace(/^.*agreements,/, "agreements,"),
  );

describe("loadAgreements", () => {
  it("reads lines, an array and packed files alike", async () => {
    const second = { ...AGREEMENT, id: "agr_2", accounts: ["acct_1"], document: "vault/agr_2.pdf" };
    const lines = `${JSON.stringify(AGREEMENT)}\n\n${JSON.stringify(second)}\n`;
    const array = JSON.stringify([AGREEMENT, second], undefined, 2);
    const read = await loadAgreements(fileWith(lines));
    expect(read).toHaveLength(2);
    expect(read[0]).toEqual({
      ...AGREEMENT,
      accounts: [],
      from: "2026-01-01T00:00:00.000Z",
      until: "2026-12-31T22:00:00.000Z",
    });
    expect(await loadAgreements(fileWith(array))).toEqual(read);
    expect(await loadAgreements(fileWith(gzipSync(array)))).toEqual(read);
    expect(await loadAgreements(fileWith(""))).toEqual([]);
    expect(await loadAgreements(fileWith("[]"))).toEqual([]);
  });

  it("stops at one that cannot be understood, with its number and field", async () => {
    const line = (change: object) => JSON.stringify({ ...AGREEMENT, ...change });
    expect(await failure(`${line({})}\n{`)).toBe("agreements, agreement 2: not valid JSON");
    expect(await failure(line({ models: "orion-4" }))).toMatch(
      /agreement 1: models: expected array/,
    );
    expect(await failure(line({ until: "soon" }))).toMatch(/until: is not a time such as/);
    expect(await failure(line({ until: "2025-01-01" }))).toMatch(/until: must be after `from`/);
    expect(await failure(line({ organizations: [] }))).toMatch(
      /at least one organization or account/,
    );
    expect(await failure(line({ modles: [] }))).toMatch(/modles/);
    expect(await failure(`${line({})}\n${line({})}`)).toMatch(
      /agreement 2: id: already given in 1/,
    );
  });
});
