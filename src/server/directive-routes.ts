import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import { attest } from "../ledger/directives/attest.ts";
import type { Counsel } from "../ledger/directives/counsel.ts";
import { readRefusals } from "../ledger/directives/keep-refusals.ts";
import { noteLook } from "../ledger/directives/note-look.ts";
import type { DirectiveStore } from "../ledger/directives/open-directives.ts";
import {
  directiveNumber,
  readDirective,
  readDirectives,
} from "../ledger/directives/read-directives.ts";
import { enforceDirective, liftDirective } from "../ledger/directives/set-directives.ts";
import { dryRun, type Traffic } from "../response/directives/dry-run.ts";
import type { OpenRestrictions } from "../response/directives/open-restrictions.ts";
import {
  attestationOf,
  attestationShape,
  holderOf,
  holderShape,
} from "../response/directives/statement-line.ts";
import { type Call, type Route, route } from "./route.ts";

const READS = { right: "direct", scope: "directives:read" } as const;
const WRITES = { right: "direct", scope: "directives:write" } as const;

const statementsShape = z.strictObject({
  attestations: z.array(attestationShape).max(5_000).default([]),
  holders: z.array(holderShape).max(5_000).default([]),
});

/**
 * The routes of directives: counsel's, and of machines that act for counsel. No other scope and no other right opens one
 * but `in-force`, which names nobody: gateways learn from it which models to ask about, and what to tell those they turn away.
 */
export function directiveRoutes(
  store: DirectiveStore,
  restrictions: OpenRestrictions,
  traffic: Traffic,
): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/v1/directives/in-force",
      caller: "decisions:read",
      summary:
        "Directives in force, for gateways: models, window, and what to tell whom they turn away",
      answer: () => Promise.resolve({ status: 200, body: { directives: restrictions.notices() } }),
    }),
    route({
      method: "GET",
      path: "/v1/directives",
      caller: READS,
      summary: "All directives",
      async answer(_, call) {
        counselOf(call);
        return { status: 200, body: { directives: await readDirectives(store) } };
      },
    }),
    route({
      method: "GET",
      path: "/v1/directives/:id/dry-run",
      caller: READS,
      summary: "Who would lose access to what by a directive, by the traffic of late",
      async answer(_, call) {
        const by = counselOf(call);
        const number = await noteLook(store, { id: idIn(call), what: "dry_run", by });
        return { status: 200, body: await dryRun(store, number, traffic) };
      },
    }),
    route({
      method: "GET",
      path: "/v1/directives/:id/refusals",
      caller: READS,
      summary: "Whom a directive turned away",
      async answer(_, call) {
        const by = counselOf(call);
        await restrictions.refresh();
        const number = await noteLook(store, { id: idIn(call), what: "refusals", by });
        return { status: 200, body: { refusals: await readRefusals(store, number) } };
      },
    }),
    route({
      method: "POST",
      path: "/v1/directives/attestations",
      caller: WRITES,
      summary: "Say who is of which class, and whose accounts and credentials are",
      body: statementsShape,
      async answer(_, call) {
        const by = counselOf(call);
        const attestations = call.body.attestations.map(attestationOf);
        const holders = call.body.holders.map(holderOf);
        await attest(store, { attestations, holders }, by);
        await restrictions.refresh();
        return { status: 200, body: { taken: attestations.length + holders.length } };
      },
    }),
    route({
      method: "POST",
      path: "/v1/directives/:id/enforce",
      caller: WRITES,
      summary: "Put a draft in force",
      async answer(_, call) {
        const number = directiveNumber(idIn(call));
        await enforceDirective(store, { number, by: counselOf(call) });
        await restrictions.refresh();
        return { status: 200, body: await readDirective(store, number) };
      },
    }),
    route({
      method: "POST",
      path: "/v1/directives/:id/lift",
      caller: WRITES,
      summary: "Lift a directive; answers whom it turned away",
      body: z.strictObject({ reason: z.string().min(1).max(10_000) }),
      async answer(_, call) {
        const number = directiveNumber(idIn(call));
        const { reason } = call.body;
        await liftDirective(store, { number, reason, by: counselOf(call) });
        await restrictions.refresh();
        return { status: 200, body: { refusals: await readRefusals(store, number) } };
      },
    }),
  ];
}

function idIn({ params }: Call): string {
  return params["id"] ?? "";
}

/** Who acts: never nobody, as before the first token is made other routes allow on this machine. */
function counselOf({ person, token }: Call): Counsel {
  if (person !== undefined) return { actor: `user:${person}` };
  if (token !== undefined) return { actor: `token:${token.id}` };
  throw new StillwatchError("SW_TOKEN_NEEDED");
}
