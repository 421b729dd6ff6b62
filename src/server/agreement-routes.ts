import { z } from "zod";
import { agreementShape } from "../ingest/load-agreements.ts";
import { agreementReports } from "../ledger/agreement-reports.ts";
import { endAgreement, recordAgreement, type RegisterEntry } from "../ledger/agreements.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { type Call, type Route, route } from "./route.ts";

const reason = z.string().min(1).max(2_000).describe("Why; it stays in the audit");
const done = z.strictObject({ id: z.string(), version: z.int() });

/** The routes by which the register of agreements is read and changed; `onChange` hears of a change before it is answered. */
export function agreementRoutes(ledger: Ledger, onChange: () => Promise<void>): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/agreements",
      caller: { right: "look", scope: "agreements:read" },
      summary: "The agreements, and what is used of them",
      answer: async () => ({
        status: 200,
        body: { version: 1, agreements: await agreementReports(ledger) },
      }),
    }),
    route({
      method: "POST",
      path: "/v1/agreements",
      caller: { right: "agree", scope: "agreements:write" },
      summary: "Registers an agreement, or a new version of one",
      body: z.strictObject({
        agreement: agreementShape,
        reason,
        replace: z.boolean().default(false).describe("A new version of one that is there"),
      }),
      answers: done,
      async answer(_request, call) {
        const { agreement, replace, reason: why } = call.body;
        const entry = { ...entryOf(call, why), replaces: replace };
        const version = await recordAgreement(ledger, agreement, entry);
        await onChange();
        return { status: 201, body: { id: agreement.id, version } };
      },
    }),
    route({
      method: "POST",
      path: "/v1/agreements/:id/end",
      caller: { right: "agree", scope: "agreements:write" },
      summary: "Ends an agreement now",
      body: z.strictObject({ reason }),
      answers: done,
      async answer(_request, call) {
        const { id = "" } = call.params;
        const version = await endAgreement(ledger, id, entryOf(call, call.body.reason));
        await onChange();
        return { status: 200, body: { id, version } };
      },
    }),
  ];
}

/** Who asks: a person, a token by its name, or whoever is on this machine before there are tokens. */
function entryOf({ person, token }: Pick<Call, "person" | "token">, why: string): RegisterEntry {
  if (person !== undefined) return { by: person, reason: why };
  return { by: token?.name ?? "this machine", machine: true, reason: why };
}
