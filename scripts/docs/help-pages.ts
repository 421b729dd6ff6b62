import type { Command } from "commander";
import { commandLine } from "../../src/cli/command-line.ts";
import { processSurroundings } from "../../src/cli/surroundings.ts";

/** The program, and what `--help` of one of its commands prints, at 80 columns. */
export interface HelpPages {
  readonly program: Command;
  readonly helpOf: (command: Command) => string;
}

/** Opens the help of all commands without running any. */
export function helpPages(): HelpPages {
  const said: string[] = [];
  const around = processSurroundings();
  const stdout = Object.assign(Object.create(around.stdout), {
    columns: 80,
    write: (text: string) => said.push(text),
  }) as typeof around.stdout;
  return {
    program: commandLine({ ...around, stdout }),
    helpOf(command) {
      said.length = 0;
      command.outputHelp();
      return said.join("");
    },
  };
}
