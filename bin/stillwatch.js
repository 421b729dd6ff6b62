#!/usr/bin/env node
// Plain JavaScript that any Node since 14 can read: finds a Node new enough, then starts the program.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const LEAST = [22, 19];

const [major, minor] = process.versions.node.split(".").map(Number);
if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) {
  const built = new URL("../dist/cli/main.js", import.meta.url);
  await import(
    existsSync(built) ? built.href : new URL("../src/cli/main.ts", import.meta.url).href
  );
} else {
  const node = bundledNode();
  if (node === undefined) {
    process.stderr.write(
      `stillwatch: needs Node ${LEAST.join(".")} or newer; this is ${process.version}. Install a newer one, or install stillwatch with its optional dependencies.\n`,
    );
    process.exitCode = 1;
  } else {
    startedBy(node);
  }
}

function bundledNode() {
  try {
    const require = createRequire(import.meta.url);
    const folder = dirname(require.resolve(`node-linux-${process.arch}/package.json`));
    const node = join(folder, "bin", "node");
    return existsSync(node) ? node : undefined;
  } catch {
    return undefined;
  }
}

function startedBy(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  // The terminal sends Ctrl-C to the child as well; this process only waits for its answer.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    process.stderr.write(`stillwatch: ${node} does not start (${error.message}).\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exitCode = code;
    else {
      process.removeAllListeners("SIGINT");
      process.removeAllListeners("SIGTERM");
      process.kill(process.pid, signal);
    }
  });
}
