import { hash } from "node:crypto";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LedgerKeys, loadLedgerKeys } from "../../src/ledger/ledger-keys.ts";
import { chainRows, signatureProblem } from "../../src/ledger/audit-chain.ts";
import { canonicalJson, type Json } from "../../src/ledger/canonical-json.ts";
import { type DecisionPage, readPage, writePage } from "../../src/response/decision-page.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { sampleEntry } from "./sample-decisions.ts";

const folders = [ledgerFolder(), ledgerFolder()];
let keys: LedgerKeys;
let others: LedgerKeys;
beforeAll(async () => {
  [keys, others] = (await Promise.all(folders.map((folder) => loadLedgerKeys(folder)))) as [
    LedgerKeys,
    LedgerKeys,
  ];
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const page: DecisionPage = {
  version: 1,
  since: 0,
  sequence: 12,
  time: "2026-12-01T00:00:00.000Z",
  entries: [sampleEntry("a"), sampleEntry("ü", { action: "deny" })],
  before: 0,
};

const signPage = (content: DecisionPage, by: LedgerKeys) =>
  JSON.parse([...writePage(content, by)].join("")) as { signed: DecisionPage; signature: string };

describe("a page of decisions", () => {
  it("is what was signed, whatever the order of its fields on the way", () => {
    const { signed, signature } = signPage(page, keys);
    const turned = Object.fromEntries(Object.entries(signed).toReversed());
    for (const text of [
      { signed, signature },
      { signature, signed: turned },
    ])
      expect(readPage(JSON.stringify(text), keys.auditKeys)).toEqual(page);
  });

  it("bears a signature that does for nothing else that this key signs", () => {
    const { signed, signature } = signPage(page, keys);
    const digest = hash("sha256", canonicalJson(signed as unknown as Json));
    expect(signatureProblem(digest, signature, keys.auditKeys)).toContain("doesn't fit");
    const entry = { actor: "user:ana", action: "case.opened", object: "case:c1" };
    const [row] = chainRows([entry], { last: undefined, time: page.time, keys });
    const stolen = JSON.stringify({ signed, signature: row?.signature });
    expect(() => readPage(stolen, keys.auditKeys)).toThrow("the signature doesn't fit it");
  });

  it("is written in pieces where it is long, and read as one", () => {
    const entries = Array.from({ length: 450 }, (_, n) => sampleEntry(`a"${n}\u2028`));
    const pieces = [...writePage({ ...page, entries }, keys)];
    expect(pieces.length).toBeGreaterThan(3);
    expect(readPage(pieces.join(""), keys.auditKeys).entries).toEqual(entries);
  });

  it("is refused where anything was changed, or somebody else signed it", () => {
    const { signed, signature } = signPage(page, keys);
    const refused = (text: object, by = keys) =>
      expect(() => readPage(JSON.stringify(text), by.auditKeys)).toThrow(/can't be trusted/);
    refused({ signed: { ...signed, sequence: 13 }, signature });
    refused({ signed: { ...signed, entries: signed.entries.toReversed() }, signature });
    refused({ signed: { ...signed, entries: signed.entries.slice(1) }, signature });
    refused({ signed, signature }, others);
    refused(signPage(page, others));
    refused({ signed });
    refused({ signed: { ...signed, entries: [{ ...sampleEntry("a"), more: 1 }] }, signature });
    expect(() => readPage("<html>", keys.auditKeys)).toThrow("it is no page of decisions");
  });
});
