import { Argument, type Command } from "commander";
import type { Ledger } from "../../ledger/open-ledger.ts";
import { EXIT } from "../exit-codes.ts";
import type { Surroundings } from "../surroundings.ts";
import { type LedgerFlags, ledgerOptions, withLedger } from "../with-ledger.ts";

/** Who does something, and why. */
export interface PersonFlags extends LedgerFlags {
  readonly as: string;
  readonly reason: string;
}

/** What is done with a ledger, by whom; answers what is printed. `first` is the first argument, `rest` the others. */
export type Work<F> = (
  ledger: Ledger,
  flags: F,
  first: string,
  rest: readonly string[],
) => Promise<string>;

/** Gives a command its ledger's options, and what to do with that; `begins` one where there is none yet. */
export function onLedger<F extends LedgerFlags>(
  command: Command,
  around: Surroundings,
  work: Work<F>,
  begins = false,
): Command {
  for (const option of ledgerOptions()) command.addOption(option);
  return command.action(async (...given: readonly unknown[]) => {
    const flags = given.at(-2) as F;
    const [first = "", ...rest] = (given.slice(0, -2) as readonly (string | string[])[]).flat();
    const done = (ledger: Ledger): Promise<string> => work(ledger, flags, first, rest);
    around.stdout.write(await withLedger(flags, around, done, begins));
    around.exitWith(EXIT.clear);
  });
}

/** A command that a person does, and says why. */
export function byPerson(command: Command): Command {
  return command
    .requiredOption("--as <user>", "who decides this")
    .requiredOption("--reason <text>", "why; it stays in the audit");
}

/** The argument that names a case. */
export function caseArgument(): Argument {
  return new Argument("<case>", "such as c7, as `case list` shows it");
}
