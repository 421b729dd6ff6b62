import { Command, Option } from "commander";
import { printable } from "../report/printable.ts";
import {
  createToken,
  readTokens,
  revokeToken,
  type Scope,
  SCOPES,
  type TokenRecord,
} from "../server/tokens.ts";
import { EXIT } from "./exit-codes.ts";
import type { Surroundings } from "./surroundings.ts";

interface TokenFlags {
  readonly data: string;
  readonly scope: readonly Scope[];
}

/** `stillwatch token`: makes, lists and revokes the tokens by which machines call `stillwatch serve`. */
export function tokenCommand(around: Surroundings): Command {
  return new Command("token")
    .description("Make, list and revoke the tokens by which machines call `stillwatch serve`.")
    .helpCommand(false)
    .addCommand(createCommand(around))
    .addCommand(listCommand(around))
    .addCommand(revokeCommand(around))
    .addHelpText("after", HELP_TAIL);
}

function createCommand(around: Surroundings): Command {
  return new Command("create")
    .description("Make a token and print it; it is shown this once.")
    .argument("<name>", "who will use it")
    .addOption(
      new Option("--scope <scope...>", "what it may do").choices([...SCOPES]).makeOptionMandatory(),
    )
    .addOption(dataOption())
    .addHelpText(
      "after",
      "\nExample:\n  stillwatch token create gateway --scope intake:write --data ./watch > token",
    )
    .action((name: string, { data, scope }: TokenFlags) => {
      const scopes = SCOPES.filter((one) => scope.includes(one));
      const { token, record } = createToken(data, { name, scopes, now: around.now() });
      around.stdout.write(`${token}\n`);
      around.stderr.write(`${record.id} may ${scopes.join(", ")}. Only its hash is kept.\n`);
      around.exitWith(EXIT.clear);
    });
}

function listCommand(around: Surroundings): Command {
  return new Command("list")
    .description("List the tokens that were made: id, state, scopes, time and name.")
    .addOption(dataOption())
    .addHelpText("after", "\nExample:\n  stillwatch token list --data ./watch")
    .action(({ data }: TokenFlags) => {
      for (const record of readTokens(data)) around.stdout.write(tokenLine(record));
      around.exitWith(EXIT.clear);
    });
}

function revokeCommand(around: Surroundings): Command {
  return new Command("revoke")
    .description("Make a token useless from now on, also for a server that runs.")
    .argument("<id>", "as `stillwatch token list` shows it")
    .addOption(dataOption())
    .addHelpText("after", "\nExample:\n  stillwatch token revoke tok_1f0c9a2b --data ./watch")
    .action((id: string, { data }: TokenFlags) => {
      around.stdout.write(tokenLine(revokeToken(data, id, around.now())));
      around.exitWith(EXIT.clear);
    });
}

function dataOption(): Option {
  return new Option(
    "--data <dir>",
    "the data folder that the server works on",
  ).makeOptionMandatory();
}

function tokenLine({ id, revoked, scopes, created, name }: TokenRecord): string {
  const state = revoked === undefined ? "valid" : "revoked";
  return `${id}  ${state.padEnd(7)}  ${scopes.join(",")}  ${created}  ${printable(name)}\n`;
}

const HELP_TAIL = `
Examples:
  stillwatch token create gateway --scope intake:write --data ./watch > token
  stillwatch token list --data ./watch
  stillwatch token revoke tok_1f0c9a2b --data ./watch`;
