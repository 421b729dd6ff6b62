/** `npm run build`: compiles src/ into dist/, or the folder given, for publishing. Development runs the sources and needs no build. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import process from "node:process";

const folder = process.argv[2] ?? "dist";
rmSync(folder, { recursive: true, force: true });
const { status } = spawnSync("tsc", ["-p", "tsconfig.build.json", "--outDir", folder], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
