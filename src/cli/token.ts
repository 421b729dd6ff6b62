import { Command, Option } from "commander";
import { StillwatchError } from "../core/errors.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { printable } from "../report/printable.ts";
import {
  createToken,
  readTokens,
  revokeToken,
  type Scope,
  SCOPES,
  type TokenRecord,
} from "../server/tokens.ts";
import { byteSize, parseByteSize } from "./byte-size.ts";
import { EXIT } from "./exit-codes.ts";
import type { Surroundings } from "./surroundings.ts";
import { type LedgerFlags, ledgerOptions, withLedger } from "./with-ledger.ts";

interface TokenFlags extends LedgerFlags {
  readonly as?: string;
  readonly scope: readonly Scope[];
  readonly rate?: number;
  readonly byteRate?: number;
}

const MOST_LINES = 1e6;

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
  return onLedger(new Command("create"))
    .description("Make a token and print it; it is shown this once.")
    .argument("<name>", "who will use it")
    .addOption(
      new Option("--scope <scope...>", "what it may do").choices([...SCOPES]).makeOptionMandatory(),
    )
    .option("--rate <lines>", "the most lines a second it may send, over time", linesOf)
    .option(
      "--byte-rate <size>",
      "the most bytes a second, unpacked; such as 5MB",
      (text: string) => parseByteSize(text, "--byte-rate", { least: 1, most: 1e12 }),
    )
    .addHelpText("after", CREATE_TAIL)
    .action(async (name: string, flags: TokenFlags) => {
      const { scope, rate: lines, byteRate: bytes, as: by } = flags;
      const scopes = SCOPES.filter((one) => scope.includes(one));
      const limited = lines !== undefined || bytes !== undefined;
      const order = { name, scopes, by, ...(limited && { rate: { lines, bytes } }) };
      const { token, record } = await onTokens(flags, around, (ledger) =>
        createToken(ledger, order),
      );
      around.stdout.write(`${token}\n`);
      around.stderr.write(`${record.id} may ${scopes.join(", ")}. Only its hash is kept.\n`);
      around.exitWith(EXIT.clear);
    });
}

function listCommand(around: Surroundings): Command {
  const command = new Command("list");
  for (const option of ledgerOptions()) command.addOption(option);
  return command
    .description("List the tokens that were made: id, state, scopes, time and name.")
    .addHelpText("after", "\nExample:\n  stillwatch token list --data ./watch")
    .action(async (flags: TokenFlags) => {
      const records = await onTokens(flags, around, readTokens);
      for (const record of records) around.stdout.write(tokenLine(record));
      around.exitWith(EXIT.clear);
    });
}

function revokeCommand(around: Surroundings): Command {
  return onLedger(new Command("revoke"))
    .description("Make a token useless from now on, also for a server that runs.")
    .argument("<id>", "as `stillwatch token list` shows it")
    .addHelpText("after", "\nExample:\n  stillwatch token revoke tok_1f0c9a2b --data ./watch")
    .action(async (id: string, flags: TokenFlags) => {
      const wanted = { id, by: flags.as };
      const record = await onTokens(flags, around, (ledger) => revokeToken(ledger, wanted));
      around.stdout.write(tokenLine(record));
      around.exitWith(EXIT.clear);
    });
}

function onLedger(command: Command): Command {
  for (const option of ledgerOptions()) command.addOption(option);
  return command.option("--as <user>", "the admin who says so, where there are users");
}

/** Works on a ledger's tokens; those that earlier versions kept in a file are taken over first. */
function onTokens<T>(
  flags: TokenFlags,
  around: Surroundings,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const inLedger = async (ledger: Ledger): Promise<T> => {
    const { importTokensFile } = await import("../server/import-tokens-file.ts");
    await importTokensFile(ledger);
    return work(ledger);
  };
  return withLedger(flags, around, inLedger, true);
}

function tokenLine({ id, revoked, scopes, rate = {}, created, name }: TokenRecord): string {
  const state = revoked === undefined ? "valid" : "revoked";
  const limits = [
    ...(rate.lines === undefined ? [] : [`${rate.lines} lines/s`]),
    ...(rate.bytes === undefined ? [] : [`${byteSize(rate.bytes)}/s`]),
  ];
  const may = [scopes.join(","), ...limits].join(", ");
  return `${id}  ${state.padEnd(7)}  ${may}  ${created}  ${printable(name)}\n`;
}

function linesOf(text: string): number {
  const lines = Number(text);
  if (Number.isInteger(lines) && lines >= 1 && lines <= MOST_LINES) return lines;
  throw new StillwatchError("SW_USAGE", {
    message: `--rate ${text}: give a whole number of lines a second, 1 to 1,000,000.`,
  });
}

const CREATE_TAIL = `
A token with a rate may send ten seconds of it at once after a pause; beyond, its sender is answered 429 and told how
long to wait. Without a rate only the server's own limits hold.

Examples:
  stillwatch token create gateway --scope intake:write --data ./watch > token
  stillwatch token create backfill --scope intake:write --rate 2000 --byte-rate 5MB --data ./watch > token`;
const HELP_TAIL = `
Examples:
  stillwatch token create gateway --scope intake:write --data ./watch > token
  stillwatch token list --data ./watch
  stillwatch token revoke tok_1f0c9a2b --data ./watch`;
