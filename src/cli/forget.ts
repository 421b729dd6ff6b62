import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import { silent } from "../core/progress.ts";
import type { ForgottenRecord, Removed } from "../ingest/forgotten-record.ts";
import type { Forgetting } from "../judge/forget-accounts.ts";
import { counted } from "../report/wording.ts";
import { EXIT } from "./exit-codes.ts";
import { interruptible } from "./interruption.ts";
import type { Surroundings } from "./surroundings.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { hasLedger, withLedger } from "./with-ledger.ts";

interface ForgetFlags {
  readonly data: string;
  readonly dryRun?: true;
  readonly list?: true;
  readonly quiet?: true;
}

/** `stillwatch forget`: removes all that a data folder holds of accounts. */
export function forgetCommand(around: Surroundings): Command {
  return new Command("forget")
    .description(
      "Remove all that a data folder holds of accounts, ask whether anything is left, and keep a sealed record.",
    )
    .argument("[accounts...]", "the accounts, as the exchanges name them")
    .requiredOption("--data <dir>", "the data folder; nothing else may be using it")
    .option("--dry-run", "say what would be removed, and remove nothing")
    .option("--list", "print the records of what was forgotten, once each is found unchanged")
    .option("--quiet", "no progress")
    .addHelpText("after", HELP_TAIL)
    .action(async (accounts: readonly string[], flags: ForgetFlags) => {
      if (flags.list === true) await list(flags, around);
      else await runForget(accounts, flags, around);
      around.exitWith(EXIT.clear);
    });
}

async function runForget(
  accounts: readonly string[],
  { data, dryRun, quiet }: ForgetFlags,
  around: Surroundings,
): Promise<void> {
  if (accounts.length === 0 || accounts.includes("")) {
    const message = "Whom to forget? Give accounts, or --list to see what was forgotten.";
    throw new StillwatchError("SW_USAGE", { message });
  }
  const drawn = terminalProgress(around.stderr, around.clock);
  const watched = quiet === true ? silent : drawn.progress;
  const done = await interruptible(watched, async (progress) => {
    const { forgetAccounts } = await import("../judge/forget-accounts.ts");
    const asked = { dataDir: data, accounts, dryRun: dryRun === true };
    const forget = () => forgetAccounts({ ...asked, now: around.now(), progress });
    return forgetInCases({ ...asked, around, forget });
  }).finally(drawn.finish);
  around.stdout.write(`${told(done)}\n`);
}

/** Asks the ledger first whether anything is held, and has it erase what cases preserved of them. Cases go on naming them. */
async function forgetInCases({
  dataDir,
  accounts,
  dryRun,
  around,
  forget,
}: {
  readonly dataDir: string;
  readonly accounts: readonly string[];
  readonly dryRun: boolean;
  readonly around: Surroundings;
  readonly forget: () => Promise<Forgetting>;
}): Promise<Forgetting> {
  if (!hasLedger({ data: dataDir }, around)) return forget();
  const { assertNotHeld, eraseEvidenceOf } = await import("../ledger/forget-evidence.ts");
  return withLedger({ data: dataDir }, around, async (ledger) => {
    await assertNotHeld(ledger, accounts);
    const done = await forget();
    if (!dryRun) await eraseEvidenceOf(ledger, accounts);
    return done;
  });
}

function told(done: Forgetting): string {
  switch (done.kind) {
    case "dry run": {
      const scan = done.lastScan ? ", and the last scan, which names them" : "";
      return `Would remove ${rowsOf(done.found)}${scan}. Nothing was removed.`;
    }
    case "forgotten before":
      return `Nothing of them is there. They were forgotten ${done.records.map(({ time }) => time).join(", ")}.`;
    case "forgotten":
      return `${recordLine(done.record)}\n${leftover(done.record)} Backups and results that were written elsewhere still name them.`;
  }
}

function leftover({ named_in }: ForgottenRecord): string {
  return named_in.length === 0
    ? "Nothing of them is left."
    : `Nothing of them is left in the warehouse. They are still named in ${named_in.join(", ")}.`;
}

async function list({ data }: ForgetFlags, around: Surroundings): Promise<void> {
  const { assertDataFolder } = await import("../ingest/assert-data-folder.ts");
  const { readForgotten } = await import("../ingest/forgotten-record.ts");
  const { allKeys } = await import("../ingest/installation-secret.ts");
  assertDataFolder(data);
  const records = await readForgotten(data, await allKeys(data));
  for (const record of records) around.stdout.write(`${recordLine(record)}\n`);
  around.stderr.write(`${counted(records.length, "record")}, unchanged since they were written.\n`);
}

function recordLine(record: ForgottenRecord): string {
  const { time, accounts, removed, last_scan_removed, named_as_parent, seal } = record;
  const scan = last_scan_removed ? "; the last scan, which named them, too" : "";
  const parent =
    named_as_parent === 0
      ? ""
      : `; ${counted(named_as_parent, "line")} about other accounts name them as parent and stay`;
  return `${time}  ${counted(accounts.length, "account")}: removed ${rowsOf(removed)}${scan}${parent}. Seal ${seal.slice(0, 16)}.`;
}

function rowsOf(removed: Removed): string {
  const some = Object.entries(removed).filter(([, rows]) => rows > 0);
  if (some.length === 0) return "no row";
  return some.map(([table, rows]) => `${rows} of ${table}`).join(", ");
}

const HELP_TAIL = `
What still waits in the folder is read first, so that it can be found. The record, forgotten.ndjson in the folder,
names accounts by a keyed hash only. It can't be undone. Stop a server on the folder before, and start it afterwards.

Exit codes:
  0    done, or nothing was left to do
  1    failure: not all is removed; run the same command again
  2    the command line was wrong
  130  stopped by Ctrl-C; run the same command again

Examples:
  stillwatch forget acct_9 --data ./watch --dry-run
  stillwatch forget acct_9 acct_10 --data ./watch
  stillwatch forget --list --data ./watch`;
