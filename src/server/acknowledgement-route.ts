import { z } from "zod";
import { acknowledge } from "../ledger/acknowledgements.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { type Route, route } from "./route.ts";

const shape = z.strictObject({
  gateway: z
    .string()
    .regex(/^[\w.:-]{1,100}$/)
    .describe("Its name; one of a token's own"),
  sequence: z.int().nonnegative().describe("The `sequence` of the last page that it has applied"),
});

/** The route by which gateways that keep a table of their own say how far it is. */
export function acknowledgementRoute(ledger: Ledger): Route {
  return route({
    method: "POST",
    path: "/v1/decisions/acknowledgements",
    caller: "decisions:read",
    summary:
      "Say how far a gateway's own table is: after every page that it applied, once a minute",
    body: shape,
    answers: shape,
    answer: async (_, { token, body }) => {
      const { sequence } = body;
      const gateway = token === undefined ? body.gateway : `${token.name}/${body.gateway}`;
      await acknowledge(ledger, { gateway, sequence });
      return { status: 200, body: { gateway, sequence } };
    },
  });
}
