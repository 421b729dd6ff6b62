import { z } from "zod";
import { auditLines, readAudit } from "../ledger/audit-file.ts";
import type { AuditedStore } from "../ledger/audited-store.ts";
import { lastCheckpoint } from "../ledger/last-checkpoint.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import type { StoreTables } from "../ledger/tables.ts";
import { type AuditProblem, verifyAudit } from "../ledger/verify-audit.ts";
import { verifyEvidence } from "../ledger/verify-evidence.ts";
import type { Route } from "./route.ts";

/** The routes to the record of what was done in the ledger. */
export function ledgerAuditRoutes(ledger: Ledger): readonly Route[] {
  return auditRoutes(ledger, {
    path: "/v1/audit",
    caller: { right: "audit", scope: "audit:read" },
    problems: () => verifyEvidence(ledger),
  });
}

/** The routes to a store's audit. */
export function auditRoutes(
  store: AuditedStore<StoreTables>,
  of: Pick<Route, "path" | "caller"> & {
    /** In the data folder; absent, the ledger's. */
    readonly checkpointFile?: string;
    /** What beside its rows the audit vouches for, and is not so. */
    problems(): Promise<readonly AuditProblem[]>;
  },
): readonly Route[] {
  const { path, caller } = of;
  return [
    {
      method: "GET",
      path,
      caller,
      summary: "The audit as NDJSON, with the public keys that check it",
      answer: () =>
        Promise.resolve({
          status: 200,
          type: "application/x-ndjson",
          pieces: auditLines(store),
        }),
    },
    {
      method: "GET",
      path: `${path}/verification`,
      caller,
      summary: "Whether the audit is as it was written, and what it vouches for as it says",
      answers: z.object({
        rows: z.int(),
        signed: z.int(),
        checkpoints: z.int(),
        problems: z.array(z.object({ sequence: z.int(), problem: z.string() })),
      }),
      async answer() {
        const beside = lastCheckpoint(store.dataDir, of.checkpointFile);
        const { auditKeys: keys } = store.keys;
        const checkpoints = beside === undefined ? [] : [beside];
        const finding = await verifyAudit(readAudit(store), { keys, checkpoints });
        const problems = [...finding.problems, ...(await of.problems())];
        return { status: 200, body: { ...finding, problems } };
      },
    },
  ];
}
