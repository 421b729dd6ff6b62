import { Command } from "commander";
import { silent } from "../core/progress.ts";
import { counted } from "../report/wording.ts";
import { EXIT } from "./exit-codes.ts";
import { interruptible } from "./interruption.ts";
import type { Surroundings } from "./surroundings.ts";
import { terminalProgress } from "./terminal-progress.ts";
import { ledgerUrl } from "./with-ledger.ts";

interface BackupFlags {
  readonly data: string;
  readonly to: string;
  readonly quiet?: true;
}

interface RestoreFlags {
  readonly data: string;
}

/** `stillwatch backup`: copies a data folder so that it can be restored. */
export function backupCommand(around: Surroundings): Command {
  return new Command("backup")
    .description(
      "Copy a data folder, its secrets too and kept text not, so that it can be restored.",
    )
    .requiredOption("--data <dir>", "the data folder; nothing else may be using it")
    .requiredOption("--to <dir>", "the folder to make; it must not be there yet")
    .option("--quiet", "no progress")
    .addHelpText("after", BACKUP_TAIL)
    .action(async ({ data, to, quiet }: BackupFlags) => {
      const drawn = terminalProgress(around.stderr, around.clock);
      const watched = quiet === true ? silent : drawn.progress;
      const made = await interruptible(watched, async (progress) => {
        const { backUp } = await import("../judge/back-up.ts");
        return backUp({ dataDir: data, to, now: around.now(), progress });
      }).finally(drawn.finish);
      around.stdout.write(
        `${counted(made.exchanges, "exchange")} in ${to}. It holds the secret: keep it as you keep the folder.\n${ledgerUrl({}, around) === undefined ? "" : ELSEWHERE}`,
      );
      around.exitWith(EXIT.clear);
    });
}

/** `stillwatch restore`: makes a data folder of a backup. */
export function restoreCommand(around: Surroundings): Command {
  return new Command("restore")
    .description("Make a data folder of a backup; one of an earlier version is brought up to date.")
    .argument("<backup>", "the folder that `stillwatch backup` made")
    .requiredOption("--data <dir>", "the data folder to make; it must not be there yet")
    .addHelpText("after", RESTORE_TAIL)
    .action(async (from: string, { data }: RestoreFlags) => {
      const { restore } = await import("../judge/back-up.ts");
      const kept = await restore({ from, dataDir: data });
      around.stdout.write(
        `${counted(kept.exchanges, "exchange")} in ${data}, as of ${kept.made}. What was forgotten since is there again: forget it again.\n`,
      );
      around.exitWith(EXIT.clear);
    });
}

const ELSEWHERE =
  "The ledger that STILLWATCH_LEDGER names is not in it: back that up with pg_dump. Its keys are here.\n";

const BACKUP_TAIL = `
Stop a server on the folder before: one process uses a folder at a time. What it had taken is in the backup. Cases may be
worked on meanwhile: the ledger in it is as of one moment. One in PostgreSQL is backed up with pg_dump; its keys are here.

Examples:
  stillwatch backup --data ./watch --to ./watch-2026-11-21
  stillwatch restore ./watch-2026-11-21 --data ./watch-again`;

const RESTORE_TAIL = `
Examples:
  stillwatch restore ./watch-2026-11-21 --data ./watch-again
  stillwatch scan --data ./watch-again`;
