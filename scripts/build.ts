/** `npm run build`: compiles src/ into dist/, or the folder given, and writes the bill of materials beside it, for publishing. Development runs the sources and needs no build. */
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const folder = process.argv[2] ?? "dist";
rmSync(folder, { recursive: true, force: true });
const { status } = spawnSync("tsc", ["-p", "tsconfig.build.json", "--outDir", folder], {
  stdio: "inherit",
});
const sbom = spawnSync("npm", ["run", "--silent", "sbom"], {
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
});
if (sbom.status === 0) writeFileSync(join(folder, "sbom.cdx.json"), sbom.stdout);
process.exitCode = Math.max(status ?? 1, sbom.status ?? 1);
