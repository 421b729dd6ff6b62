import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { didYouMean, nearMatches } from "../core/near-matches.ts";
import { agreementCommand } from "./agreement.ts";
import { auditCommand } from "./audit.ts";
import { alertCommand } from "./alert.ts";
import { backtestCommand } from "./backtest.ts";
import { caseCommand } from "./case.ts";
import { backupCommand, restoreCommand } from "./backup.ts";
import { completionCommand } from "./completion.ts";
import { directiveCommand } from "./directive.ts";
import { demoCommand } from "./demo.ts";
import { doctorCommand } from "./doctor.ts";
import { explainCommand } from "./explain.ts";
import { forgetCommand } from "./forget.ts";
import { EXIT } from "./exit-codes.ts";
import { failureCode, failureLine } from "./failure-line.ts";
import { fingerprintCommand } from "./fingerprint.ts";
import { mapCommand } from "./map.ts";
import { outboxCommand } from "./outbox.ts";
import { rangeCommand } from "./range.ts";
import { scanCommand } from "./scan.ts";
import { secretCommand } from "./secret.ts";
import { serveCommand } from "./serve.ts";
import type { Surroundings } from "./surroundings.ts";
import { tailCommand } from "./tail.ts";
import { tokenCommand } from "./token.ts";
import { userCommand } from "./user.ts";

/** Runs the command line given without the program's own name; sets the exit code and never throws. */
export async function runCommandLine(
  words: readonly string[],
  around: Surroundings,
): Promise<void> {
  try {
    await commandLine(around).parseAsync(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      around.exitWith(error.exitCode === 0 ? EXIT.clear : EXIT.usage);
      return;
    }
    around.stderr.write(`${failureLine(error, words.includes("--debug"))}\n`);
    around.exitWith(failureCode(error));
  }
}

/** The program with all its commands. */
export function commandLine(around: Surroundings): Command {
  const version = readVersion();
  const program = new Command("stillwatch")
    .description(
      "Finds groups of accounts that harvest a language model's outputs together, in your own traffic.",
    )
    .version(version, "--version", "print the version")
    .helpOption("--help", "print this help")
    .helpCommand(false)
    .allowExcessArguments()
    .action(() => {
      const [unknown] = program.args;
      if (unknown === undefined) around.stdout.write(greeting(version));
      else program.error(unknownCommand(unknown, program));
    });
  const makers = [
    scanCommand,
    doctorCommand,
    mapCommand,
    explainCommand,
    backtestCommand,
    fingerprintCommand,
    serveCommand,
    tailCommand,
    tokenCommand,
    caseCommand,
    agreementCommand,
    directiveCommand,
    outboxCommand,
    userCommand,
    auditCommand,
    forgetCommand,
    secretCommand,
    alertCommand,
    backupCommand,
    restoreCommand,
    demoCommand,
    rangeCommand,
    completionCommand,
  ];
  for (const make of makers) program.addCommand(make(around));
  for (const command of withCommands(program).slice(1)) {
    command
      .option("--debug", "on failure, print the stack too")
      .helpOption("--help", "print this help");
  }
  for (const command of withCommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void around.stdout.write(text),
      writeErr: (text) => void around.stderr.write(text),
      outputError: (text, write) => write(`${oneLine(text)} See \`${pathOf(command)} --help\`.\n`),
      getOutHelpWidth: () => around.stdout.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  }
  return program;
}

/** A command and all below it. */
function withCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withCommands)];
}

function unknownCommand(word: string, program: Command): string {
  const names = program.commands.map((command) => command.name());
  return `${word}: no such command.${didYouMean(nearMatches(word, names))}`;
}

function greeting(version: string): string {
  return `Stillwatch ${version} finds groups of accounts that harvest a language model's outputs
together, in a provider's own traffic, and shows the evidence.

Next:
  stillwatch demo                  see it find something in a made-up world (under two minutes)
  stillwatch doctor logs/*.ndjson  what a scan of your own exchanges would see
  stillwatch scan logs/*.ndjson    scan them
  stillwatch scan --help           every option, exit codes, examples

docs/guide.md says what to feed it and how to read a result.
`;
}

/** commander's own complaint as one line in our form: no `error:`, ends with a full stop. */
function oneLine(text: string): string {
  const said = text
    .trim()
    .replace(/^error: /, "")
    .replace(/\s*\n\s*/g, " ");
  return `stillwatch: ${said.replace(/([^.?)])$/, "$1.")}`;
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
