import type { Command } from "commander";
import { GENERATED } from "./generated.ts";
import { helpPages } from "./help-pages.ts";

/** The page of commands: the help text of the program and of each of its commands, as printed. */
export function commandLineReference(): string {
  const { program, helpOf } = helpPages();
  const section = (command: Command, words: readonly string[]): readonly string[] => [
    ...(words.length === 0
      ? []
      : ["", `${"#".repeat(words.length + 1)} stillwatch ${words.join(" ")}`]),
    "",
    fence(helpOf(command).trimEnd()),
    ...command.commands.flatMap((below) => section(below, [...words, below.name()])),
  ];
  return [GENERATED, "# Command line", ...section(program, []), ""].join("\n");
}

function fence(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
