import { Command } from "commander";
import { StillwatchError } from "../core/errors.ts";
import type { Checkpoint } from "../ledger/audit-chain.ts";
import type { AuditKey } from "../ledger/audit-key.ts";
import type { AuditedStore } from "../ledger/audited-store.ts";
import type { StoreTables } from "../ledger/tables.ts";
import type { AuditFinding, AuditProblem } from "../ledger/verify-audit.ts";
import { counted } from "../report/wording.ts";
import { EXIT } from "./exit-codes.ts";
import type { Surroundings } from "./surroundings.ts";
import { type LedgerFlags, ledgerOptions, withLedger } from "./with-ledger.ts";

interface VerifyFlags extends Partial<LedgerFlags> {
  readonly checkpoint: readonly string[];
  readonly key?: string;
}

/** A store whose audit is checked. */
export interface AuditOf {
  /** How the command is called: `stillwatch audit`. */
  readonly command: string;
  readonly description: string;
  open<T>(flags: LedgerFlags, work: (store: AuditedStore<StoreTables>) => Promise<T>): Promise<T>;
  /** What beside its rows the audit vouches for, and is not so. */
  problems(flags: LedgerFlags): Promise<readonly AuditProblem[]>;
  /** In the data folder. */
  readonly checkpointFile: string;
}

/** `stillwatch audit`: checks and exports the record of what people and the software did; another store's where one is given. */
export function auditCommand(around: Surroundings, of: AuditOf = ledgerAudit(around)): Command {
  return new Command("audit")
    .description(of.description)
    .helpCommand(false)
    .addCommand(verifyCommand(around, of))
    .addCommand(exportCommand(around, of))
    .addCommand(checkpointCommand(around, of))
    .addCommand(keyCommand(around, of))
    .addHelpText("after", examplesOf(of));
}

function ledgerAudit(around: Surroundings): AuditOf {
  return {
    command: "stillwatch audit",
    description: "Check and export the record of what people and the software did.",
    open: (flags, work) => withLedger(flags, around, work),
    async problems(flags) {
      const { verifyEvidence } = await import("../ledger/verify-evidence.ts");
      return withLedger(flags, around, verifyEvidence);
    },
    checkpointFile: "audit-checkpoint.json",
  };
}

function verifyCommand(around: Surroundings, of: AuditOf): Command {
  const command = new Command("verify")
    .description("Find rows that were changed, removed, put in or moved.")
    .argument("[file]", `what \`${of.command} export\` wrote; without it, the folder's own audit`)
    .option("--checkpoint <file...>", `what \`${of.command} checkpoint\` printed earlier`, [])
    .option("--key <file>", `the public key to trust; \`${of.command} key\` prints it`);
  for (const option of ledgerOptions()) command.addOption(option.makeOptionMandatory(false));
  return command
    .addHelpText("after", `${VERIFY_TAIL.replace("FILE", of.checkpointFile)}${examplesOf(of)}`)
    .action(async (file: string | undefined, flags: VerifyFlags) => {
      const finding = await verify(file, flags, { around, of });
      around.stdout.write(findingText(finding));
      around.exitWith(finding.problems.length === 0 ? EXIT.clear : EXIT.altered);
    });
}

async function verify(
  file: string | undefined,
  flags: VerifyFlags,
  { around, of }: { around: Surroundings; of: AuditOf },
): Promise<AuditFinding> {
  const [{ openAuditFile, readAudit }, { lastCheckpoint }, { verifyAudit }] = await Promise.all([
    import("../ledger/audit-file.ts"),
    import("../ledger/last-checkpoint.ts"),
    import("../ledger/verify-audit.ts"),
  ]);
  const trusted = await trustedKeys(flags.key);
  const checkpoints = await keptCheckpoints(flags.checkpoint);
  if (file !== undefined) {
    const audit = await openAuditFile(file);
    if (trusted === undefined) around.stderr.write(bringsItsKeys(file, audit.keys));
    return verifyAudit(audit.rows, { keys: trusted ?? audit.keys, checkpoints });
  }
  const { data } = flags;
  if (data === undefined) {
    const message = "Say which audit: a file that was exported, or --data with a folder.";
    throw new StillwatchError("SW_USAGE", { message });
  }
  const finding = await of.open({ ...flags, data }, (store) => {
    const beside = lastCheckpoint(data, of.checkpointFile);
    return verifyAudit(readAudit(store), {
      keys: trusted ?? store.keys.auditKeys,
      checkpoints: beside === undefined ? checkpoints : [...checkpoints, beside],
    });
  });
  const others = await of.problems({ ...flags, data });
  return { ...finding, problems: [...finding.problems, ...others] };
}

async function trustedKeys(path: string | undefined): Promise<readonly AuditKey[] | undefined> {
  if (path === undefined) return undefined;
  const { readAuditKey } = await import("../ledger/audit-key.ts");
  return [readAuditKey(path, await textOf(path))];
}

async function keptCheckpoints(paths: readonly string[]): Promise<readonly Checkpoint[]> {
  const { parseCheckpoint } = await import("../ledger/last-checkpoint.ts");
  return Promise.all(paths.map(async (path) => parseCheckpoint(path, await textOf(path))));
}

async function textOf(path: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new StillwatchError("SW_INPUT_MISSING", { path }, cause);
  });
}

function bringsItsKeys(file: string, keys: readonly AuditKey[]): string {
  const ids = keys.map(({ id }) => id).join(", ");
  return `${file} brings the key it is checked with (${ids}). Compare it with the one you know, or give that with --key.\n`;
}

function findingText({ rows, signed, checkpoints, last, problems }: AuditFinding): string {
  const lines = problems.map(({ sequence, problem }) => `Row ${sequence} ${problem}.`);
  const kept = checkpoints === 0 ? "no checkpoint" : counted(checkpoints, "checkpoint");
  const said = `${counted(rows, "row")}, ${signed} signed, ${kept} kept elsewhere to compare with.`;
  const end = last === undefined ? "" : ` The last is row ${last.sequence} of ${last.time}.`;
  const verdict =
    problems.length === 0
      ? `The audit is as it was written: ${said}${end}`
      : `The audit was altered: ${said}`;
  return `${[...lines, verdict].join("\n")}\n`;
}

function exportCommand(around: Surroundings, of: AuditOf): Command {
  const command = new Command("export").description(
    "Print the audit as NDJSON, with the public keys that check it.",
  );
  for (const option of ledgerOptions()) command.addOption(option);
  return command
    .addHelpText("after", `\nExample:\n  ${of.command} export --data ./watch > audit.ndjson`)
    .action(async (flags: LedgerFlags) => {
      await of.open(flags, async (store) => {
        const { auditLines } = await import("../ledger/audit-file.ts");
        for await (const line of auditLines(store)) around.stdout.write(line);
      });
      around.exitWith(EXIT.clear);
    });
}

function checkpointCommand(around: Surroundings, of: AuditOf): Command {
  const command = new Command("checkpoint").description(
    "Print what to keep elsewhere, so that an end that was cut off is noticed.",
  );
  for (const option of ledgerOptions()) command.addOption(option);
  return command
    .addHelpText("after", `\nExample:\n  ${of.command} checkpoint --data ./watch > checkpoint.json`)
    .action(async (flags: LedgerFlags) => {
      const { latestCheckpoint } = await import("../ledger/audit-file.ts");
      const found = await of.open(flags, latestCheckpoint);
      if (found !== undefined) around.stdout.write(`${JSON.stringify(found)}\n`);
      around.exitWith(EXIT.clear);
    });
}

function keyCommand(around: Surroundings, of: AuditOf): Command {
  const command = new Command("key").description("Print the public key that checks the audit.");
  for (const option of ledgerOptions()) command.addOption(option);
  return command
    .addHelpText("after", `\nExample:\n  ${of.command} key --data ./watch > audit-key.pem`)
    .action(async (flags: LedgerFlags) => {
      const { auditKeyText } = await import("../ledger/audit-key.ts");
      around.stdout.write(
        await of.open(flags, ({ keys }) => Promise.resolve(auditKeyText(keys.auditKeys.at(-1)!))),
      );
      around.exitWith(EXIT.clear);
    });
}

function examplesOf({ command }: AuditOf): string {
  return `
Examples:
  ${command} verify --data ./watch
  ${command} verify --data ./watch --checkpoint kept/*.json
  ${command} export --data ./watch > audit.ndjson
  ${command} verify audit.ndjson --key audit-key.pem`;
}

const VERIFY_TAIL = `
Each row holds the hash of the one before, and the last row of every change is signed, so any row that was changed,
removed, put in or moved is found and named. Rows cut off from the end leave a shorter chain that is whole: that is
found by a checkpoint kept elsewhere. The folder keeps its last one in FILE.

Exit codes:
  0    the audit is as it was written
  1    failure
  2    the command line was wrong
  13   the audit was altered
`;
