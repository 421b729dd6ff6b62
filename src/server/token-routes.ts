import { z } from "zod";
import type { Ledger } from "../ledger/open-ledger.ts";
import { personOf, type Route, route } from "./route.ts";
import { createToken, readTokens, revokeToken, SCOPES, type TokenRecord } from "./tokens.ts";

const rate = z.strictObject({
  lines: z.number().positive().optional(),
  bytes: z.number().positive().optional().describe("unpacked"),
});
const madeShape = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  rate: rate.optional(),
  created: z.string(),
  revoked: z.string().optional(),
});

/** The routes by which admins make and revoke tokens; `onChange` lets a change count at once. */
export function tokenRoutes(ledger: Ledger, onChange: () => Promise<void>): readonly Route[] {
  const caller = { right: "administer" } as const;
  return [
    {
      method: "GET",
      path: "/v1/tokens",
      caller,
      summary: "The tokens that were made, the oldest first",
      answers: z.object({ tokens: z.array(madeShape) }),
      answer: async () => ({
        status: 200,
        body: { tokens: (await readTokens(ledger)).map(without) },
      }),
    },
    route({
      method: "POST",
      path: "/v1/tokens",
      caller,
      summary: "Make a token, which is answered this once",
      body: z.strictObject({
        name: z.string().trim().min(1).max(100),
        scopes: z.array(z.enum(SCOPES)).min(1),
        rate: rate.optional(),
      }),
      answers: z.object({ token: z.string(), made: madeShape }),
      async answer(_, call) {
        const { name, scopes, rate: most } = call.body;
        const order = { name, scopes, by: personOf(call), ...(most && { rate: most }) };
        const { token, record } = await createToken(ledger, order);
        await onChange();
        return { status: 201, body: { token, made: without(record) } };
      },
    }),
    {
      method: "DELETE",
      path: "/v1/tokens/:id",
      caller,
      summary: "Revoke a token",
      answers: madeShape,
      async answer(_, call) {
        const { id = "" } = call.params;
        const record = await revokeToken(ledger, { id, by: personOf(call) });
        await onChange();
        return { status: 200, body: without(record) };
      },
    },
  ];
}

/** All but the hash. */
function without({ id, name, scopes, rate: most, created, revoked }: TokenRecord): object {
  return { id, name, scopes, ...(most && { rate: most }), created, ...(revoked && { revoked }) };
}
