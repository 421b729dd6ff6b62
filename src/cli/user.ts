import { randomBytes } from "node:crypto";
import { Command, Option } from "commander";
import { USER_ROLES, type UserRole } from "../ledger/tables.ts";
import { printable } from "../report/printable.ts";
import { EXIT } from "./exit-codes.ts";
import type { Surroundings } from "./surroundings.ts";
import { type LedgerFlags, ledgerOptions, withLedger } from "./with-ledger.ts";

/** `stillwatch user`: who may do what to cases. */
export function userCommand(around: Surroundings): Command {
  return new Command("user")
    .description("Say who may do what to cases.")
    .helpCommand(false)
    .addCommand(setCommand(around))
    .addCommand(disableCommand(around))
    .addCommand(signInCommand(around))
    .addCommand(listCommand(around))
    .addHelpText("after", HELP_TAIL);
}

function setCommand(around: Surroundings): Command {
  const command = new Command("set")
    .description("Make a user, or change what one may. The first must be an admin.")
    .argument("<name>", "the user's name")
    .addOption(
      new Option("--role <role>", "what the user is")
        .choices([...USER_ROLES])
        .makeOptionMandatory(),
    )
    .requiredOption("--as <user>", "who says so");
  for (const option of ledgerOptions()) command.addOption(option);
  interface Flags extends LedgerFlags {
    readonly role: UserRole;
    readonly as: string;
  }
  return command
    .addHelpText(
      "after",
      "\nExample:\n  stillwatch user set ana --role reviewer --data ./watch --as root",
    )
    .action(async (name: string, flags: Flags) => {
      const { setUser } = await import("../ledger/users.ts");
      const { role, as: by } = flags;
      await withLedger(flags, around, (ledger) => setUser(ledger, { name, role, by }), true);
      around.stdout.write(`${printable(name)} is ${role}.\n`);
      around.exitWith(EXIT.clear);
    });
}

function disableCommand(around: Surroundings): Command {
  const command = new Command("disable")
    .description("Let a user do nothing any more.")
    .argument("<name>", "the user's name")
    .requiredOption("--as <user>", "who says so");
  for (const option of ledgerOptions()) command.addOption(option);
  return command
    .addHelpText("after", "\nExample:\n  stillwatch user disable ana --data ./watch --as root")
    .action(async (name: string, flags: LedgerFlags & { readonly as: string }) => {
      const { disableUser } = await import("../ledger/users.ts");
      await withLedger(flags, around, (ledger) => disableUser(ledger, { name, by: flags.as }));
      around.stdout.write(`${printable(name)} is disabled.\n`);
      around.exitWith(EXIT.clear);
    });
}

function signInCommand(around: Surroundings): Command {
  const command = new Command("sign-in")
    .description(
      "Print a code by which a user signs in once at `stillwatch serve`, within ten minutes. Only counsel makes one for counsel.",
    )
    .argument("<name>", "the user's name")
    .requiredOption("--as <user>", "who says so");
  for (const option of ledgerOptions()) command.addOption(option);
  return command
    .addHelpText("after", "\nExample:\n  stillwatch user sign-in root --data ./watch --as root")
    .action(async (name: string, flags: LedgerFlags & { readonly as: string }) => {
      const { makeSignInCode } = await import("../ledger/sessions.ts");
      const wanted = { name, by: flags.as, random: randomBytes };
      const code = await withLedger(flags, around, (ledger) => makeSignInCode(ledger, wanted));
      around.stdout.write(`${code}\n`);
      around.exitWith(EXIT.clear);
    });
}

function listCommand(around: Surroundings): Command {
  const command = new Command("list").description("List the users: name, role, state.");
  for (const option of ledgerOptions()) command.addOption(option);
  return command
    .addHelpText("after", "\nExample:\n  stillwatch user list --data ./watch")
    .action(async (flags: LedgerFlags) => {
      const { readUsers } = await import("../ledger/users.ts");
      for (const { name, role, disabled } of await withLedger(flags, around, readUsers)) {
        const state = disabled === null ? "" : `  disabled ${disabled}`;
        around.stdout.write(`${printable(name)}  ${role}${state}\n`);
      }
      around.exitWith(EXIT.clear);
    });
}

const HELP_TAIL = `
Roles: viewer (reads), analyst (also notes findings), reviewer (also confirms, explains, upholds, overturns, approves
steps), responder (reads, acts, proposes, approves, lifts), counsel (reads, reveals, holds, changes the rules of review,
and alone sets directives and names further counsel), admin (all but directives). Whoever can write to the folder can
do without this: it keeps honest people to their roles, and the audit says who was named.

Examples:
  stillwatch user set root --role admin --data ./watch --as root
  stillwatch user set ana --role reviewer --data ./watch --as root
  stillwatch user sign-in ana --data ./watch --as root
  stillwatch user list --data ./watch`;
