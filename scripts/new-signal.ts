/**
 * `npm run new:signal -- ID [AXIS] [CHANNEL]`: lays down a signal, its test and its page, and enters it in
 * all-signals.ts. The test fails until it shows the positive case, the look-alike and the blind spot.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

/** What is laid down, by path from the project's folder; the list of signals with the new one entered. */
export function newSignalFiles(
  id: string,
  axis: string,
  channel: string,
  list: string,
): ReadonlyMap<string, string> {
  const name = id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return new Map([
    [`src/signals/${id}.ts`, signalModule(id, name, axis, channel)],
    [`test/signals/${id}.test.ts`, signalTest(id, name)],
    [`docs/signals/${id}.md`, PAGE],
    ["src/signals/all-signals.ts", entered(list, id, name)],
  ]);
}

function signalModule(id: string, name: string, axis: string, channel: string): string {
  return `import { z } from "zod";
import { betOnShares, THRESHOLD } from "./bet-on-shares.ts";
import { defineSignal } from "./signal.ts";

/** What the trait is, and why independent parties would not show it. */
export const ${name} = defineSignal({
  id: "${id}",
  title: "${id}",
  axis: "${axis}",
  channel: "${channel}",
  summary: "",
  references: [],
  falsePositives: [],
  blindSpots: [],
  needs: "request",
  describes: true,
  parameters: z.object({ threshold: THRESHOLD }),
  measure: (slice, { threshold }) => betOnShares(slice, threshold, "show it", () => false),
});
`;
}

function signalTest(id: string, name: string): string {
  const cases = [
    "speaks for a group that shows the trait",
    "says nothing of its legitimate look-alike",
    "does not see its blind spot",
  ];
  return `import { describe, expect, it } from "vitest";
import { ${name} } from "../../src/signals/${id}.ts";

describe("${id}", () => {
${cases.map((title) => `  it("${title}", () => {\n    expect.fail(\`show it with a slice for \${${name}.id}\`);\n  });`).join("\n\n")}
});
`;
}

const PAGE = `## The null

Under which independence is the mean of the e-value at most one, and why?

## How it is measured

## What it looks like
`;

/** Enters a signal in the list: an import after the last one, the name at the end of the array. */
function entered(list: string, id: string, name: string): string {
  const imports = [...list.matchAll(/^import .*$/gm)];
  const last = imports.at(-1);
  if (last === undefined) throw new Error("all-signals.ts has no import to follow.");
  const end = last.index + last[0].length;
  const withImport = `${list.slice(0, end)}\nimport { ${name} } from "./${id}.ts";${list.slice(end)}`;
  const open = withImport.indexOf("= [");
  const close = withImport.indexOf("]", open);
  if (open === -1 || close === -1)
    throw new Error("all-signals.ts has no array to enter the signal in.");
  const before = withImport.slice(0, close).replace(/,?\s*$/, "");
  return `${before}, ${name}${withImport.slice(close)}`;
}

function main([id, axis = "harvest", channel = "content"]: readonly string[]): number {
  const wrong =
    id === undefined || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)
      ? "Usage: npm run new:signal -- ID [coordination|harvest] [identity|time|content|output]\n"
      : !["coordination", "harvest"].includes(axis)
        ? `${axis}: no such axis. There are coordination and harvest.\n`
        : !["identity", "time", "content", "output"].includes(channel)
          ? `${channel}: no such channel. There are identity, time, content and output.\n`
          : "";
  if (wrong !== "" || id === undefined) {
    process.stderr.write(wrong);
    return 2;
  }
  const root = join(import.meta.dirname, "..");
  const listPath = "src/signals/all-signals.ts";
  const files = newSignalFiles(id, axis, channel, readFileSync(join(root, listPath), "utf8"));
  const there = [...files.keys()].find((path) => path !== listPath && existsSync(join(root, path)));
  if (there !== undefined) {
    process.stderr.write(`${there} is there already.\n`);
    return 1;
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    process.stdout.write(`${path === listPath ? "Entered it in" : "Wrote"} ${path}.\n`);
  }
  process.stdout.write("Then: npm run format && npm run generate && npm test -- test/signals\n");
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  process.exitCode = main(process.argv.slice(2));
