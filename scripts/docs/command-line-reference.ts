import { execFileSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { GENERATED } from "./generated.ts";

/** The page of commands: the help text of the program and of each of its commands, as printed. */
export function commandLineReference(root: string): string {
  const help = (...words: readonly string[]): string =>
    execFileSync(process.execPath, [join(root, "src/cli/main.ts"), ...words, "--help"], {
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    }).trimEnd();
  const section = (words: readonly string[]): readonly string[] => {
    const text = help(...words);
    const heading = `${"#".repeat(words.length + 1)} stillwatch ${words.join(" ")}`;
    return [
      ...(words.length === 0 ? [] : ["", heading]),
      "",
      fence(text),
      ...commandNames(text).flatMap((name) => section([...words, name])),
    ];
  };
  return [GENERATED, "# Command line", ...section([]), ""].join("\n");
}

/** Reads the commands' names off a help text: the first word of each entry below `Commands:`. */
function commandNames(help: string): readonly string[] {
  const block = /^Commands:\n((?: +.*\n?)+)/m.exec(help)?.[1] ?? "";
  return [...block.matchAll(/^ {2}(\w[\w-]*)/gm)].map((found) => found[1] ?? "");
}

function fence(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
