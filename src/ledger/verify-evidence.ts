import { hash } from "node:crypto";
import { evidenceDigest } from "./evidence-seal.ts";
import type { Ledger } from "./open-ledger.ts";
import type { AuditProblem } from "./verify-audit.ts";

/** Checks that what cases preserved is what the audit says was preserved, as far as it wasn't erased since. */
export async function verifyEvidence(ledger: Ledger): Promise<readonly AuditProblem[]> {
  const said = await ledger.read((store) =>
    store
      .selectFrom("audit")
      .select(["sequence", "object", "details"])
      .where("action", "=", "evidence.preserved")
      .orderBy("sequence")
      .execute(),
  );
  const problems: AuditProblem[] = [];
  for (const { sequence, object, details } of said) {
    const number = Number(object.replace("case:c", ""));
    const { sha256 } = JSON.parse(details) as { readonly sha256: string };
    const wrong = await evidenceProblem(ledger, number, sha256);
    if (wrong !== undefined)
      problems.push({ sequence, problem: `vouches for evidence of c${number} that ${wrong}` });
  }
  return problems;
}

async function evidenceProblem(
  ledger: Ledger,
  number: number,
  sha256: string,
): Promise<string | undefined> {
  const { forgotten, rows } = await ledger.read(async (store) => ({
    forgotten: await store
      .selectFrom("cases")
      .select("forgotten")
      .where("number", "=", number)
      .executeTakeFirst(),
    rows: await store
      .selectFrom("evidence")
      .selectAll()
      .where("case_number", "=", number)
      .orderBy("number")
      .execute(),
  }));
  if (typeof forgotten?.forgotten === "string") return undefined;
  if (evidenceDigest(rows) !== sha256) return "was removed, put in or given another hash";
  const altered = rows.find(
    (row) => row.sealed !== null && hash("sha256", row.sealed) !== row.sha256,
  );
  return altered && `was altered (exchange ${altered.number} of ${rows.length})`;
}
