import { Command, Option } from "commander";
import { StillwatchError } from "../core/errors.ts";
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

interface TokenFlags {
  readonly data: string;
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
  return new Command("create")
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
    .addOption(dataOption())
    .addHelpText("after", CREATE_TAIL)
    .action((name: string, { data, scope, rate: lines, byteRate: bytes }: TokenFlags) => {
      const scopes = SCOPES.filter((one) => scope.includes(one));
      const limited = lines !== undefined || bytes !== undefined;
      const rate = limited ? { rate: { lines, bytes } } : {};
      const { token, record } = createToken(data, { name, scopes, ...rate, now: around.now() });
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
