import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type InstallationSecret, loadSecret } from "../../src/ingest/installation-secret.ts";
import { loadAccounts } from "../../src/ingest/load-accounts.ts";
import { seal, unseal } from "../../src/core/sealed-box.ts";
import { readTexts } from "../../src/ingest/text-vault.ts";
import { exchange, type IntakeBench, openBench } from "./intake-bench.ts";

let bench: IntakeBench;
let secret: InstallationSecret;
let file: string;
const IDS = Array.from({ length: 14 }, (_, number) => `ex_${number}`);

beforeAll(async () => {
  bench = await openBench();
  secret = await loadSecret(bench.dataDir);
  const about = [1, 2, 3].map((number) => `{"account":"acct_${number}","text":"keep"}\n`);
  const accounts = bench.file("accounts.ndjson", about.join(""));
  await loadAccounts({ warehouse: bench.warehouse, file: accounts, secret });
  const long = { request: { messages: [{ role: "user", content: "港の話。".repeat(3000) }] } };
  const lines = IDS.map((_, i) => JSON.stringify(exchange(i, i === 3 ? long : {})));
  file = bench.file("exchanges.ndjson", lines.join("\n"));
  await bench.load([file], { keepTextDays: 7 });
});
afterAll(() => bench.close());

const read = (with_ = secret) => readTexts(bench.warehouse, with_, IDS);

describe("kept texts", () => {
  it("are sealed as one box an account and read by id", async () => {
    const boxes = await bench.ask("SELECT account, length(ids) AS n, sealed FROM sealed_texts");
    expect(boxes).toHaveLength(3);
    expect(JSON.stringify(boxes)).not.toContain(Buffer.from("harbour").toString("base64"));
    const texts = await read();
    expect([...texts.keys()].toSorted()).toEqual(
      ["ex_1", "ex_10", "ex_2", "ex_3", "ex_8", "ex_9"].toSorted(),
    );
    expect(texts.get("ex_8")).toEqual({
      id: "ex_8",
      prompt: "Describe harbour number 8.",
      answer: "It is calm.",
    });
    expect(texts.get("ex_3")?.prompt).toBe("港の話。".repeat(1000));
  });

  it("are replaced, not doubled, when the same lines are read again", async () => {
    await bench.load([file], { keepTextDays: 7 });
    const [boxes] = await bench.ask("SELECT count() AS n FROM sealed_texts FINAL");
    const [keys] = await bench.ask("SELECT count() AS n FROM text_keys FINAL");
    expect([boxes?.["n"], keys?.["n"]]).toEqual(["3", "3"]);
  });

  it("can't be read with another installation's secret", async () => {
    expect((await read({ ...secret, key: Buffer.alloc(32, 1) })).size).toBe(0);
  });

  it("can't be read once their account's key is deleted, while others' can", async () => {
    await bench.ask(
      "ALTER TABLE text_keys DELETE WHERE account = 'acct_2' SETTINGS mutations_sync = 1",
    );
    expect([...(await read()).keys()].toSorted()).toEqual(["ex_1", "ex_10", "ex_3", "ex_8"]);
    const [boxes] = await bench.ask("SELECT count() AS n FROM sealed_texts FINAL");
    expect(boxes?.["n"]).toBe("3");
  });
});

describe("a sealed box", () => {
  const key = Buffer.alloc(32, 7);
  const box = seal(Buffer.from("calm"), key, "here");

  it("opens with its key in its place only, and not once a bit has changed", () => {
    expect(unseal(box, key, "here")?.toString()).toBe("calm");
    expect(unseal(box, Buffer.alloc(32, 8), "here")).toBeUndefined();
    expect(unseal(box, key, "there")).toBeUndefined();
    const bytes = Buffer.from(box, "base64");
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unseal(changed.toString("base64"), key, "here")).toBeUndefined();
    }
    expect(unseal("", key, "here")).toBeUndefined();
  });

  it("is another one every time", () => {
    expect(seal(Buffer.from("calm"), key, "here")).not.toBe(box);
  });
});
