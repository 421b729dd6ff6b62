/** `npm run build`: compiles src/ into dist/ for publishing. Development runs the sources and needs no build. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import process from "node:process";

rmSync("dist", { recursive: true, force: true });
const { status } = spawnSync("tsc", ["-p", "tsconfig.build.json"], { stdio: "inherit" });
process.exitCode = status ?? 1;
