/**
 * `npm run sbom`: prints the bill of materials (CycloneDX) of what the package runs on. npm's own `--omit dev` also leaves
 * out what both the package and its tools need, so npm is shown a package without tools.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Lock, LockEntry } from "./stub-lock.ts";

interface Manifest extends LockEntry {
  devDependencies?: Record<string, string>;
}

const folder = mkdtempSync(join(tmpdir(), "stillwatch-sbom-"));
try {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;
  const kept = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true);
  for (const root of [manifest, lock.packages[""] as Manifest]) delete root.devDependencies;
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const packages = Object.fromEntries(kept);
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ ...lock, packages }));
  const command = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"];
  process.stdout.write(execFileSync("npm", command, { cwd: folder, encoding: "utf8" }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
