import { type Progress, silent } from "../core/progress.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { accountRow, accountShape } from "./account-line.ts";
import type { Damage } from "./damage.ts";
import { fieldProblem } from "./field-problem.ts";
import type { InstallationSecret } from "./installation-secret.ts";
import { type Rejection, SHOWN_REJECTIONS } from "./intake-totals.ts";
import { openSource, readFileChunks, sizeOf } from "./open-source.ts";
import { readTextLines, type TextLine } from "./read-text-lines.ts";

/** What became of the lines about accounts. */
export interface AccountsTotals {
  readonly lines: number;
  readonly accepted: number;
  readonly rejected: number;
  /** The first 100. */
  readonly rejections: readonly Rejection[];
  /** Fields nobody reads, with the number of lines that had them. */
  readonly ignored: Readonly<Record<string, number>>;
}

/** What `loadAccounts` needs. */
export interface LoadAccountsOptions {
  readonly warehouse: Warehouse;
  /** NDJSON, plain, gzip or zstd. */
  readonly file: string;
  readonly secret: InstallationSecret;
  readonly progress?: Progress;
  /** Hears of every account with an accepted line. */
  readonly onAccount?: (account: string) => void;
}

const BATCH_ROWS = 20_000;
const KNOWN = new Set(Object.keys(accountShape.shape));

/**
 * Loads what the provider says of its accounts. A line replaces earlier ones from its own `time` on; loading
 * the same file again changes nothing. Throws SW_INPUT_MISSING or SW_INPUT_UNREADABLE.
 */
export async function loadAccounts(options: LoadAccountsOptions): Promise<AccountsTotals> {
  const { file, progress = silent } = options;
  const report = byteProgress(progress, await sizeOf(file));
  const source = await openSource(readFileChunks(file), report);
  return insertAccounts(source.chunks, options);
}

/** Inserts lines about accounts as they come; they are on disk when it resolves. `file` names their source. */
export async function insertAccounts(
  chunks: AsyncIterable<Buffer | Damage>,
  { warehouse, file, secret, onAccount }: Omit<LoadAccountsOptions, "progress">,
): Promise<AccountsTotals> {
  const tally = newTally(file, onAccount);
  let batch: object[] = [];
  for await (const line of readTextLines(chunks)) {
    const row = readAccount(line, tally, secret);
    if (row !== undefined) batch.push(row);
    if (batch.length < BATCH_ROWS) continue;
    await warehouse.insert("accounts", batch);
    batch = [];
  }
  if (batch.length > 0) await warehouse.insert("accounts", batch);
  return {
    lines: tally.lines,
    accepted: tally.lines - tally.rejected,
    rejected: tally.rejected,
    rejections: tally.rejections,
    ignored: Object.fromEntries([...tally.ignored].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

interface Tally {
  readonly file: string;
  lines: number;
  rejected: number;
  readonly rejections: Rejection[];
  readonly ignored: Map<string, number>;
  readonly onAccount: LoadAccountsOptions["onAccount"];
}

function newTally(file: string, onAccount: Tally["onAccount"]): Tally {
  return { file, lines: 0, rejected: 0, rejections: [], ignored: new Map(), onAccount };
}

function readAccount(line: TextLine, tally: Tally, secret: InstallationSecret): object | undefined {
  tally.lines++;
  if ("reason" in line) return reject(tally, line.line, line.reason);
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    return reject(tally, line.line, "not valid JSON");
  }
  const parsed = accountShape.safeParse(value);
  if (!parsed.success) return reject(tally, line.line, fieldProblem(parsed.error));
  for (const field of Object.keys(value as object)) {
    if (!KNOWN.has(field)) tally.ignored.set(field, (tally.ignored.get(field) ?? 0) + 1);
  }
  tally.onAccount?.(parsed.data.account);
  return accountRow(parsed.data, secret);
}

function reject(tally: Tally, line: number, reason: string): undefined {
  tally.rejected++;
  if (tally.rejections.length < SHOWN_REJECTIONS) {
    tally.rejections.push({ file: tally.file, line, reason });
  }
}

function byteProgress(progress: Progress, total: number | undefined): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done += bytes;
    const known = total === undefined ? {} : { total };
    progress({ stage: "accounts", done, unit: "bytes", ...known });
  };
}
