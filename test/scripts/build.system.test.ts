import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

describe("the built package", () => {
  let folder = "";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "stillwatch-built-"));
    for (const part of ["bin", "sql", "docs/schema", "package.json"])
      cpSync(join(root, part), join(folder, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    execFileSync(process.execPath, [join(root, "scripts/build.ts"), join(folder, "dist")], {
      cwd: root,
      stdio: "pipe",
    });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("scans a file without its sources", async () => {
    const line = {
      id: "ex_1",
      time: new Date().toISOString(),
      account: "acct_1",
      model: "orion-4",
      usage: { input: 10, output: 20 },
    };
    const file = join(folder, "exchanges.ndjson");
    writeFileSync(file, `${JSON.stringify(line)}\n`);
    const command = [join(folder, "bin/stillwatch.js"), "scan", file, "--quiet", "--json", "-"];
    const { stdout } = await run(process.execPath, command);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, exchanges: 1, accounts: 1, groups: [] });
  });

  it("gives a gateway its client of decisions, which needs nothing but Node", async () => {
    const alone = mkdtempSync(join(tmpdir(), "stillwatch-alone-"));
    for (const part of ["dist", "package.json"])
      cpSync(join(folder, part), join(alone, part), { recursive: true });
    const code = `
      import { openDecisionClient } from "stillwatch/decisions";
      const client = openDecisionClient({ url: "http://127.0.0.1:9", publicKeys: [] });
      console.log(JSON.stringify(await client.decide({ account: "acct_1" })));
      client.close();`;
    const words = ["--input-type=module", "--eval", code];
    const { stdout } = await run(process.execPath, words, { cwd: alone });
    rmSync(alone, { recursive: true });
    expect(JSON.parse(stdout)).toMatchObject({ action: "allow", reason: "stale" });
  });

  it("says what it is made of: every package it runs on, in its version, with its license", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const sbom = JSON.parse(readFileSync(join(folder, "dist/sbom.cdx.json"), "utf8")) as {
      readonly bomFormat: string;
      readonly components: readonly { readonly purl: string; readonly licenses?: object }[];
    };
    expect(sbom.bomFormat).toBe("CycloneDX");
    const licensed = sbom.components.filter(({ licenses }) => licenses !== undefined);
    const parts = licensed.map(({ purl }) => decodeURIComponent(purl));
    for (const [name, version] of Object.entries(manifest.dependencies))
      expect(parts).toContain(`pkg:npm/${name}@${version}`);
    expect(parts.filter((part) => part.includes("/vitest@"))).toEqual([]);
  });

  it("is published with what it needs and without what it does not", async () => {
    const { stdout } = await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: folder,
    });
    const [pack] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }];
    const paths = pack.files.map(({ path }) => path);
    for (const path of [
      "dist/sbom.cdx.json",
      "bin/stillwatch.js",
      "dist/cli/main.js",
      "sql/schema/001-exchanges.sql",
    ])
      expect(paths).toContain(path);
    expect(paths.filter((path) => /^(?:src|test|scripts|bench|node_modules)\//.test(path))).toEqual(
      [],
    );
  });
});
