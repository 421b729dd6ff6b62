import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { runHere } from "./run-here.ts";

const dataDir = ledgerFolder();
afterAll(() => rmSync(dataDir, { recursive: true }));
const file = (name: string) => join(dataDir, name);

beforeAll(async () => {
  const ledger = await openLedger({ dataDir, now: () => new Date("2026-11-21T19:00:00Z") });
  for (const no of [1, 2, 3]) {
    await ledger.change(async ({ record }) => {
      record({ actor: "user:ana", action: "case.confirmed", object: `case:c${no}` });
    });
  }
  await ledger.close();
  for (const what of ["export", "checkpoint", "key"]) {
    const { stdout } = await runHere("audit", what, "--data", dataDir);
    writeFileSync(file(what), stdout);
  }
});

describe("stillwatch audit", () => {
  it("finds an audit as it was written, in the folder and in an export", async () => {
    const inFolder = await runHere("audit", "verify", "--data", dataDir);
    expect(inFolder).toEqual({
      code: 0,
      stdout:
        "The audit is as it was written: 3 rows, 3 signed, 1 checkpoint kept elsewhere to compare with. The last is row 3 of 2026-11-21T19:00:00.000Z.\n",
      stderr: "",
    });
    const words = ["--key", file("key"), "--checkpoint", file("checkpoint")];
    const exported = await runHere("audit", "verify", file("export"), ...words);
    expect(exported).toEqual(inFolder);
  });

  it("says which row of an export was altered, and that it brings its own key", async () => {
    const lines = readFileSync(file("export"), "utf8").split("\n");
    const { code, stdout, stderr } = await verifyText(
      lines.map((line, i) => (i === 2 ? line.replace("user:ana", "user:bo") : line)),
    );
    expect(code).toBe(13);
    expect(stdout).toContain("Row 2 was changed: its hash doesn't fit it.\nThe audit was altered");
    expect(stderr).toContain("Compare it with the one you know");
    expect((await verifyText(lines.toSpliced(2, 1))).stdout).toContain("row 2 is gone");
  });

  it("finds an end that was cut off by a checkpoint only", async () => {
    const cut = readFileSync(file("export"), "utf8").split("\n").slice(0, 3);
    expect((await verifyText(cut)).code).toBe(0);
    const { code, stdout } = await verifyText(cut, "--checkpoint", file("checkpoint"));
    expect(code).toBe(13);
    expect(stdout).toContain("Row 3 is gone");
  });

  it("doesn't take another's audit for one's own", async () => {
    const other = mkdtempSync(join(dataDir, "other-"));
    await (await openLedger({ dataDir: other, now: () => new Date(0) })).close();
    const { stdout } = await runHere("audit", "key", "--data", other);
    writeFileSync(file("other-key"), stdout);
    const { code } = await runHere("audit", "verify", file("export"), "--key", file("other-key"));
    expect(code).toBe(13);
  });

  it("says what is no audit, no key, no checkpoint, and no ledger", async () => {
    const said = async (...words: readonly string[]) =>
      (await runHere("audit", "verify", ...words)).stderr;
    expect(await said(file("key"))).toContain("line 1: not a line of an exported audit");
    expect(await said(file("nothing"))).toContain("no such file");
    expect(await said(file("export"), "--key", file("export"))).toContain("no Ed25519 public key");
    expect(await said(file("export"), "--checkpoint", file("key"))).toContain("no checkpoint");
    expect(await said("--data", join(dataDir, "elsewhere"))).toContain("no ledger is kept there");
    expect(await said()).toContain("Say which audit");
    const { stderr } = await verifyText(["{}"]);
    expect(stderr).toContain("line 1");
  });
});

async function verifyText(lines: readonly string[], ...words: readonly string[]) {
  writeFileSync(file("altered"), lines.join("\n"));
  return runHere("audit", "verify", file("altered"), ...words);
}
