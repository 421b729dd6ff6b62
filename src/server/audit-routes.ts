import { z } from "zod";
import { auditLines, readAudit } from "../ledger/audit-file.ts";
import { lastCheckpoint } from "../ledger/last-checkpoint.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { verifyAudit } from "../ledger/verify-audit.ts";
import { verifyEvidence } from "../ledger/verify-evidence.ts";
import type { Route } from "./route.ts";

/** The routes to the record of what was done. */
export function auditRoutes(ledger: Ledger): readonly Route[] {
  const caller = { right: "audit", scope: "audit:read" } as const;
  return [
    {
      method: "GET",
      path: "/v1/audit",
      caller,
      summary: "The audit as NDJSON, with the public keys that check it",
      answer: () =>
        Promise.resolve({
          status: 200,
          type: "application/x-ndjson",
          pieces: auditLines(ledger),
        }),
    },
    {
      method: "GET",
      path: "/v1/audit/verification",
      caller,
      summary: "Whether the audit is as it was written, and what cases preserved as it says",
      answers: z.object({
        rows: z.int(),
        signed: z.int(),
        checkpoints: z.int(),
        problems: z.array(z.object({ sequence: z.int(), problem: z.string() })),
      }),
      async answer() {
        const beside = lastCheckpoint(ledger.dataDir);
        const { auditKeys: keys } = ledger.keys;
        const checkpoints = beside === undefined ? [] : [beside];
        const finding = await verifyAudit(readAudit(ledger), { keys, checkpoints });
        const problems = [...finding.problems, ...(await verifyEvidence(ledger))];
        return { status: 200, body: { ...finding, problems } };
      },
    },
  ];
}
