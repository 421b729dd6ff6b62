import { z } from "zod";
import { commentCase } from "../ledger/comment-case.ts";
import { holdCase } from "../ledger/forget-evidence.ts";
import { type Move, moveCase, reviewCase } from "../ledger/move-case.ts";
import { numberOf } from "../ledger/number-of.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { readCase, readCases } from "../ledger/read-cases.ts";
import { CASE_STATES } from "../ledger/tables.ts";
import { fileShape, moveShape, reason, summaryShape } from "./case-shapes.ts";
import { personOf, type Route, route } from "./route.ts";

const DONE = { status: 200, body: {} } as const;

/** The routes by which people read cases and decide about them. Each is a step of `stillwatch case`, under the signed-in user's name. */
export function caseRoutes(ledger: Ledger): readonly Route[] {
  const caseOf = ({ params }: { readonly params: Readonly<Record<string, string>> }): number =>
    numberOf(params["id"] ?? "");
  return [
    route({
      method: "GET",
      path: "/v1/cases",
      caller: { right: "look" },
      summary: "The cases, the newest first",
      query: z.strictObject({ state: z.enum(CASE_STATES).optional() }),
      answers: z.object({ cases: z.array(summaryShape) }),
      async answer(_, { query }) {
        const cases = await readCases(ledger, query.state && [query.state]);
        return { status: 200, body: { cases } };
      },
    }),
    {
      method: "GET",
      path: "/v1/cases/:id",
      caller: { right: "look" },
      summary: "One case; that it was read, by whom, goes into the audit",
      answers: fileShape,
      async answer(_, call) {
        const number = caseOf(call);
        await reviewCase(ledger, { number, by: personOf(call) });
        return { status: 200, body: await readCase(ledger, number) };
      },
    },
    route({
      method: "POST",
      path: "/v1/cases/:id/moves",
      caller: { right: "judge" },
      summary: "Confirm, explain, uphold, overturn or reopen a case",
      body: moveShape,
      answers: z.object({ state: z.enum(CASE_STATES) }),
      async answer(_, call) {
        const wanted = { number: caseOf(call), move: moveOf(call.body), by: personOf(call) };
        const state = await moveCase(ledger, { ...wanted, reason: call.body.reason });
        return { status: 200, body: { state } };
      },
    }),
    route({
      method: "POST",
      path: "/v1/cases/:id/comments",
      caller: { right: "comment" },
      summary: "Say something of a case; it stays in its history",
      body: z.strictObject({ text: z.string().trim().min(1).max(10_000) }),
      async answer(_, call) {
        await commentCase(ledger, { number: caseOf(call), by: personOf(call), ...call.body });
        return DONE;
      },
    }),
    route({
      method: "PUT",
      path: "/v1/cases/:id/hold",
      caller: { right: "hold" },
      summary: "Set or end a legal hold",
      body: z.strictObject({ held: z.boolean(), reason }),
      async answer(_, call) {
        await holdCase(ledger, { number: caseOf(call), by: personOf(call), ...call.body });
        return DONE;
      },
    }),
  ];
}

function moveOf(body: z.infer<typeof moveShape>): Move {
  const bits = "reopen_bits" in body ? body.reopen_bits : undefined;
  const more = bits === undefined ? {} : { reopenBits: bits };
  if (body.to === "explained") return { to: body.to, as: body.as, ...more };
  if (body.to === "overturned") return { to: body.to, ...more };
  return { to: body.to };
}
