import { z } from "zod";
import { numberOf } from "../ledger/number-of.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { readEvidence, revealEvidence } from "../ledger/preserve-evidence.ts";
import { readCase } from "../ledger/read-cases.ts";
import { evidenceShape, moment, reason } from "./case-shapes.ts";
import { personOf, type Route, route } from "./route.ts";
import { tryLimit } from "./try-limit.ts";

/** So many exchanges one person may read in an hour: a case is read one by one, and never copied. */
const REVEALS = { most: 60, everyMs: 3_600_000 };

/** The routes to what cases preserved. There is none that reveals more than one exchange. `clock` is in milliseconds and only grows. */
export function evidenceRoutes(ledger: Ledger, clock: () => number): readonly Route[] {
  const limit = tryLimit(REVEALS, clock);
  return [
    {
      method: "GET",
      path: "/v1/cases/:id/evidence",
      caller: { right: "look" },
      summary: "What a case preserved, without content",
      answers: z.object({ evidence: z.array(evidenceShape) }),
      async answer(_, { params }) {
        const number = numberOf(params["id"] ?? "");
        await readCase(ledger, number);
        return { status: 200, body: { evidence: await readEvidence(ledger, number) } };
      },
    },
    route({
      method: "POST",
      path: "/v1/cases/:id/evidence/:exchange/reveal",
      caller: { right: "reveal" },
      summary: "One preserved exchange; who read it, why and until when goes into the audit first",
      body: z.strictObject({
        reason,
        expires: moment.describe("when whoever reads it must have dropped it; within a day"),
      }),
      answers: z.object({
        case: z.string(),
        exchange: z.string(),
        expires: z.string(),
        content: z.looseObject({}),
      }),
      async answer(_, call) {
        const { id = "", exchange = "" } = call.params;
        const [number, by] = [numberOf(id), personOf(call)];
        limit.assertAnother(by);
        const content = await revealEvidence(ledger, { number, exchange, by, ...call.body });
        const { expires } = call.body;
        return { status: 200, body: { case: `c${number}`, exchange, expires, content } };
      },
    }),
  ];
}
