import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadSecret, sipKeyOf } from "../../src/ingest/installation-secret.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "stillwatch-secret-"));

function write(folder: string, secrets: object): void {
  writeFileSync(join(folder, "secrets.json"), JSON.stringify(secrets), { mode: 0o600 });
}

describe("loadSecret", () => {
  it("makes a secret on first use that only its owner can read, and gives the same one ever after", async () => {
    const folder = join(newFolder(), "data");
    const first = await loadSecret(folder);
    expect(first.key).toHaveLength(32);
    expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(await loadSecret(folder)).toEqual(first);
    expect((await loadSecret(newFolder())).key).not.toEqual(first.key);
  });

  it("gives one secret to all who come first at once", async () => {
    const folder = newFolder();
    const secrets = await Promise.all(Array.from({ length: 8 }, () => loadSecret(folder)));
    expect(new Set(secrets.map((secret) => secret.key.toString("hex"))).size).toBe(1);
  });

  it("takes the newest of several keys", async () => {
    const folder = newFolder();
    const key = (digit: string) => digit.repeat(64);
    write(folder, {
      version: 1,
      keys: [
        { id: "old", key: key("a") },
        { id: "new", key: key("b") },
      ],
    });
    expect(await loadSecret(folder)).toEqual({ id: "new", key: Buffer.from(key("b"), "hex") });
  });

  it("refuses a file that group or others can read", async () => {
    const folder = newFolder();
    await loadSecret(folder);
    chmodSync(join(folder, "secrets.json"), 0o640);
    await expect(loadSecret(folder)).rejects.toMatchObject({ code: "SW_DATA_UNUSABLE" });
    await expect(loadSecret(folder)).rejects.toThrow(/mode 0600/);
  });

  it("neither replaces nor quotes a damaged file", async () => {
    const folder = newFolder();
    write(folder, { version: 1, keys: [{ id: "x", key: "deadbeef" }] });
    const failure = await loadSecret(folder).then(() => "none", String);
    expect(failure).toMatch(/not a list of keys/);
    expect(failure).not.toMatch(/deadbeef/);
    expect(readFileSync(join(folder, "secrets.json"), "utf8")).toMatch(/deadbeef/);
    expect(readdirSync(folder)).toEqual(["secrets.json"]);
  });
});

describe("sipKeyOf", () => {
  it("reads the first sixteen bytes as two little-endian numbers", () => {
    const key = Buffer.from([...Array(32).keys()]);
    expect(sipKeyOf({ id: "x", key })).toEqual({
      k0: "506097522914230528",
      k1: "1084818905618843912",
    });
  });
});
