import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { loadAccounts } from "../../src/ingest/load-accounts.ts";
import { rotateSecret } from "../../src/ingest/rotate-secret.ts";
import { replaceSecrets, type Secrets } from "../../src/ingest/secrets-file.ts";
import { readTexts } from "../../src/ingest/text-vault.ts";
import { runHere } from "../cli/run-here.ts";
import { exchange, type IntakeBench, openBench } from "./intake-bench.ts";

let dataDir: string;
let bench: IntakeBench;

const secrets = (): Secrets =>
  JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8")) as Secrets;

/** Ids of exchanges whose text can be read with a secret; the folder's own where none is given. */
async function readable(
  secret?: Awaited<ReturnType<typeof loadSecret>>,
): Promise<readonly string[]> {
  const open = await openBench(dataDir);
  const ids = Array.from({ length: 9 }, (_, i) => `ex_${i}`);
  const texts = await readTexts(open.warehouse, secret ?? (await loadSecret(dataDir)), ids);
  await open.warehouse.close();
  return [...texts.keys()].toSorted();
}

beforeAll(async () => {
  bench = await openBench();
  dataDir = bench.dataDir;
  const secret = await loadSecret(dataDir);
  const about = [1, 2].map((number) => `{"account":"acct_${number}","text":"keep"}\n`);
  await loadAccounts({
    warehouse: bench.warehouse,
    file: bench.file("a.ndjson", about.join("")),
    secret,
  });
  const lines = Array.from({ length: 9 }, (_, i) => `${JSON.stringify(exchange(i))}\n`);
  await bench.load([bench.file("lines.ndjson", lines.join(""))], { keepTextDays: 7 });
  await bench.warehouse.close();
});
afterAll(() => bench.close());

describe("rotating the secret", () => {
  it("wraps the keys of texts anew: the old file opens none, the new one all", async () => {
    const before = await loadSecret(dataDir);
    expect(await readable(before)).toEqual(["ex_1", "ex_2", "ex_8"]);
    expect(await rotateSecret({ dataDir, fingerprints: false })).toMatchObject({
      rewrapped: 2,
      lost: 0,
    });
    expect(await readable()).toEqual(["ex_1", "ex_2", "ex_8"]);
    expect(await readable(before)).toEqual([]);
    expect(secrets().wrapping).toHaveLength(1);
    expect((await loadSecret(dataDir)).key).toEqual(before.key);
  });

  it("ends what an interrupted rotation began", async () => {
    const { keys, wrapping = [] } = secrets();
    await replaceSecrets(dataDir, {
      version: 1,
      keys,
      wrapping: [...wrapping, { id: "half", key: "ab".repeat(32) }],
    });
    expect(await readable()).toEqual(["ex_1", "ex_2", "ex_8"]);
    const said = await runHere("secret", "rotate", "--data", dataDir);
    expect(said).toMatchObject({ code: 0, stderr: "" });
    expect(said.stdout).toContain("2 keys");
    expect(secrets().wrapping).toHaveLength(1);
    expect(await readable()).toEqual(["ex_1", "ex_2", "ex_8"]);
  });

  it("gives fingerprints a new key where asked to, and keeps the old ones to check records by", async () => {
    const before = await loadSecret(dataDir);
    const done = await rotateSecret({ dataDir, fingerprints: true });
    const after = await loadSecret(dataDir);
    expect(after.id).toBe(done.fingerprints);
    expect(after.key).not.toEqual(before.key);
    expect(secrets().keys.map(({ id }) => id)).toEqual([before.id, after.id]);
    expect(await readable()).toEqual(["ex_1", "ex_2", "ex_8"]);
  });

  it("makes no folder where there is none", async () => {
    await expect(
      rotateSecret({ dataDir: `${dataDir}-not`, fingerprints: false }),
    ).rejects.toMatchObject({ code: "SW_DATA_MISSING" });
  });
});
