import { canonicalJson, type Json } from "./canonical-json.ts";
import {
  auditHash,
  type ChainEnd,
  type Checkpoint,
  checkpointOf,
  NOTHING_BEFORE,
  signatureProblem,
} from "./audit-chain.ts";
import type { AuditKey } from "./audit-key.ts";
import type { AuditRow } from "./tables.ts";

/** What an audit was found to be. */
export interface AuditFinding {
  readonly rows: number;
  /** Rows with a signature that fits. */
  readonly signed: number;
  /** Checkpoints kept elsewhere that the chain holds. */
  readonly checkpoints: number;
  readonly last: Checkpoint | undefined;
  /** In order; at most `MOST_PROBLEMS`. None: nobody without the signing key changed, removed, put in or moved a row. */
  readonly problems: readonly AuditProblem[];
}

/** What is wrong, and with which row. */
export interface AuditProblem {
  readonly sequence: number;
  readonly problem: string;
}

const MOST_PROBLEMS = 100;

/**
 * Checks a chain in the order it is given: each row's hash, its number, that it follows the one before, each signature, that
 * the last row is signed, and that the checkpoints kept elsewhere are in it. What it can't see: rows cut off from the end
 * back to an earlier signed one, where no later checkpoint was kept; what the holder of the signing key made up.
 */
export async function verifyAudit(
  rows: AsyncIterable<AuditRow> | Iterable<AuditRow>,
  { keys, checkpoints = [] }: { keys: readonly AuditKey[]; checkpoints?: readonly Checkpoint[] },
): Promise<AuditFinding> {
  const problems: AuditProblem[] = [];
  const complain = (sequence: number, problem: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ sequence, problem });
  };
  const expected = Map.groupBy(checkpoints, ({ sequence }) => sequence);
  const kept = { found: 0 };
  let before: ChainEnd = { sequence: 0, hash: NOTHING_BEFORE };
  let last: AuditRow | undefined;
  let [count, signed] = [0, 0];
  for await (const row of rows) {
    count++;
    for (const problem of rowProblems(row, before)) complain(row.sequence, problem);
    if (row.signature !== null) {
      const problem = signatureProblem(row.hash, row.signature, keys);
      if (problem === undefined) signed++;
      else complain(row.sequence, problem);
    }
    for (const checkpoint of expected.get(row.sequence) ?? []) {
      kept.found++;
      if (checkpoint.hash !== row.hash)
        complain(row.sequence, "is not what a checkpoint kept elsewhere says it was");
    }
    expected.delete(row.sequence);
    before = row;
    last = row;
  }
  if (last !== undefined && last.signature === null)
    complain(
      last.sequence,
      "is the last and not signed: rows after it were removed, or it was put in",
    );
  for (const [sequence] of expected)
    complain(sequence, "is gone: a checkpoint kept elsewhere says it was there");
  for (const checkpoint of checkpoints) {
    const problem = signatureProblem(checkpoint.hash, checkpoint.signature, keys);
    if (problem !== undefined) complain(checkpoint.sequence, `as a checkpoint ${problem}`);
  }
  return { rows: count, signed, checkpoints: kept.found, last: checkpointOf(last), problems };
}

function rowProblems(row: AuditRow, before: ChainEnd): readonly string[] {
  const problems: string[] = [];
  if (!isAsHashed(row)) problems.push("was changed: its hash doesn't fit it");
  const next = before.sequence + 1;
  if (row.sequence > next) {
    const gone =
      row.sequence === next + 1 ? `row ${next} is` : `rows ${next} to ${row.sequence - 1} are`;
    problems.push(`doesn't follow row ${before.sequence}: ${gone} gone`);
  } else if (row.sequence < next) {
    problems.push(`comes after row ${before.sequence}: rows were moved or repeated`);
  } else if (row.previous !== before.hash) {
    problems.push(
      before.sequence === 0
        ? "is not the first: it follows another"
        : `doesn't follow row ${before.sequence} as that is now: one of the two was changed or put in`,
    );
  }
  return problems;
}

/** Whether a row's hash fits it, and its details are written as they were. */
function isAsHashed(row: AuditRow): boolean {
  try {
    return (
      auditHash(row) === row.hash && canonicalJson(JSON.parse(row.details) as Json) === row.details
    );
  } catch {
    return false;
  }
}
