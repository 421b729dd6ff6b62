import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { doctorTable } from "../../src/cli/doctor-table.ts";
import { plainInk } from "../../src/cli/ink.ts";
import type { Examination } from "../../src/judge/examine-input.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { setSwitch } from "../../src/ledger/outbox.ts";
import { EXAMINATION } from "./sample-results.ts";

const bin = fileURLToPath(new URL("../../bin/stillwatch.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "stillwatch-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function stillwatch(
  ...words: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, ...words],
      { cwd: folder, env: { ...process.env, NO_COLOR: "1" } },
      (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

describe("stillwatch doctor", () => {
  it("prints what it found", async () => {
    const table = doctorTable(EXAMINATION, { columns: 80, ink: plainInk });
    await expect(table).toMatchFileSnapshot("./golden/doctor.txt");
    const clear = doctorTable({ ...EXAMINATION, problems: [] }, { columns: 80, ink: plainInk });
    expect(clear).toContain("Nothing stands in the way of a scan.");
  });

  it("ends with 12 where no line is an exchange, and says why in the table and in JSON", async () => {
    writeFileSync(join(folder, "other.ndjson"), '{"prompt":"secretword"}\n');
    const ledger = await openLedger({ dataDir: join(folder, "d"), now: () => new Date(0) });
    await setSwitch(ledger, { stop: true, liftsGo: false, by: "ana", reason: "wrong accounts" });
    await ledger.close();
    const { code, out, err } = await stillwatch(
      "doctor",
      "other.ndjson",
      "--json",
      "d.json",
      "--data",
      "d",
    );
    expect(code).toBe(12);
    expect(out).toContain("A scan would find nothing:");
    expect(out).toContain("Commands:\n  Stopped since 1970-01-01 00:00 by ana: nothing is sent.\n");
    const json = JSON.parse(readFileSync(join(folder, "d.json"), "utf8")) as Examination;
    expect(json.lines.rejections).toEqual([{ file: "other.ndjson", line: 1, reason: "no id" }]);
    expect(out + err + JSON.stringify(json)).not.toContain("secretword");
  });
});

describe("stillwatch fingerprint", () => {
  it("writes a whole file or none, and names rejected lines on standard error", async () => {
    const line = {
      id: "a",
      time: new Date().toISOString(),
      account: "b",
      request: { prompt: "secretword" },
    };
    writeFileSync(join(folder, "mixed.ndjson"), `${JSON.stringify(line)}\n{"id":"x"}\n`);
    const words = ["fingerprint", "mixed.ndjson", "--out", "f.ndjson", "--data", "d"];
    const strict = await stillwatch(...words, "--strict");
    expect(strict).toMatchObject({ code: 1, out: "" });
    expect(strict.err).toContain("1 of 2 lines were rejected and --strict is set");
    expect(existsSync(join(folder, "f.ndjson"))).toBe(false);
    const { code, out, err } = await stillwatch(...words);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toContain("1 exchange fingerprinted of 2 lines; 1 line rejected and left out.");
    expect(err).toContain("mixed.ndjson:2: no account");
    const made = readFileSync(join(folder, "f.ndjson"), "utf8");
    expect(JSON.parse(made)).toMatchObject({
      id: "a",
      fingerprints: { turn: 0, prompt_bytes: 10 },
    });
    expect(made).not.toContain("secretword");
  });
});
