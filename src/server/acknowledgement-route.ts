import { z } from "zod";
import { acknowledge } from "../ledger/acknowledgements.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { type Route, route } from "./route.ts";
import { tryLimit } from "./try-limit.ts";

/** Of one token, for all its gateways: each is a change of the ledger, which people wait for too. */
const SAID = { most: 1_200, everyMs: 60_000 };

const shape = z.strictObject({
  gateway: z
    .string()
    .regex(/^[\w.:-]{1,100}$/)
    .describe("Its name; one of a token's own"),
  sequence: z.int().nonnegative().describe("The `sequence` of the last page that it has applied"),
});

/** The route by which gateways that keep a table of their own say how far it is. `clock` is in milliseconds and only grows. */
export function acknowledgementRoute(ledger: Ledger, clock: () => number): Route {
  const limit = tryLimit(SAID, clock);
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
      limit.assertAnother(token?.id ?? "");
      const gateway = token === undefined ? body.gateway : `${token.name}/${body.gateway}`;
      await acknowledge(ledger, { gateway, sequence });
      return { status: 200, body: { gateway, sequence } };
    },
  });
}
