import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import { attest } from "../ledger/directives/attest.ts";
import { type Counsel, counselOf } from "../ledger/directives/counsel.ts";
import { readRefusals, refusalProblems } from "../ledger/directives/keep-refusals.ts";
import { noteLook } from "../ledger/directives/note-look.ts";
import {
  DIRECTIVES_CHECKPOINT,
  type DirectiveStore,
} from "../ledger/directives/open-directives.ts";
import {
  directiveNumber,
  readDirective,
  readDirectives,
} from "../ledger/directives/read-directives.ts";
import {
  draftDirective,
  enforceDirective,
  exemptFrom,
  liftDirective,
} from "../ledger/directives/set-directives.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { dryRun, type Traffic } from "../response/directives/dry-run.ts";
import type { OpenRestrictions } from "../response/directives/open-restrictions.ts";
import { attestationOf, holderOf, placeOf } from "../response/directives/statement-line.ts";
import { auditRoutes } from "./audit-routes.ts";
import { reason } from "./case-shapes.ts";
import {
  directiveShape,
  draftShape,
  dryRunShape,
  exemptionShape,
  noticesShape,
  refusalsShape,
  statementsShape,
} from "./directive-shapes.ts";
import { type Call, type Route, route } from "./route.ts";

const READS = { right: "direct", scope: "directives:read" } as const;
const WRITES = { right: "direct", scope: "directives:write" } as const;

/** What the routes of directives work with. */
export interface DirectiveRoutesOptions {
  readonly store: DirectiveStore;
  readonly restrictions: OpenRestrictions;
  readonly traffic: Traffic;
  /** Says who is counsel. */
  readonly ledger: Ledger;
}

/**
 * The routes of directives: counsel's, and of machines that act for counsel. No other scope and no other right opens one
 * but `in-force`, which names nobody: gateways learn from it which models to ask about, and what to tell those they turn away.
 */
export function directiveRoutes(options: DirectiveRoutesOptions): readonly Route[] {
  const { restrictions } = options;
  return [
    {
      method: "GET",
      path: "/v1/directives/in-force",
      caller: "decisions:read",
      summary:
        "Directives in force, for gateways: models, window, and what to tell whom they turn away",
      answers: noticesShape,
      answer: () => Promise.resolve({ status: 200, body: { directives: restrictions.notices() } }),
    },
    ...readingRoutes(options),
    ...settingRoutes(options),
    ...auditOfDirectives(options),
  ];
}

function readingRoutes({
  store,
  restrictions,
  traffic,
  ledger,
}: DirectiveRoutesOptions): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v1/directives",
      caller: READS,
      summary: "All directives, the newest first",
      answers: z.object({ directives: z.array(directiveShape) }),
      async answer(_, call) {
        await counselIn(call, ledger);
        return { status: 200, body: { directives: await readDirectives(store) } };
      },
    },
    {
      method: "GET",
      path: "/v1/directives/:id",
      caller: READS,
      summary: "One directive: its words, whom it binds, whom it exempts, its history",
      answers: directiveShape,
      async answer(_, call) {
        await counselIn(call, ledger);
        return { status: 200, body: await readDirective(store, directiveNumber(idIn(call))) };
      },
    },
    {
      method: "GET",
      path: "/v1/directives/:id/dry-run",
      caller: READS,
      summary: "Who would lose access to what by a directive, by the traffic of late",
      answers: dryRunShape,
      async answer(_, call) {
        const by = await counselIn(call, ledger);
        const number = await noteLook(store, { id: idIn(call), what: "dry_run", by });
        return { status: 200, body: await dryRun(store, number, traffic) };
      },
    },
    {
      method: "GET",
      path: "/v1/directives/:id/refusals",
      caller: READS,
      summary: "Whom a directive turned away",
      answers: refusalsShape,
      async answer(_, call) {
        const by = await counselIn(call, ledger);
        await restrictions.refresh();
        const number = await noteLook(store, { id: idIn(call), what: "refusals", by });
        return { status: 200, body: { refusals: await readRefusals(store, number) } };
      },
    },
  ];
}

/** Each is a step of `stillwatch directive`; what is set here counts here before it is answered. */
function settingRoutes({ store, restrictions, ledger }: DirectiveRoutesOptions): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/directives",
      caller: WRITES,
      summary: "Draft a directive, which binds nobody until it is put in force",
      body: draftShape,
      answers: directiveShape,
      async answer(_, call) {
        const by = await counselIn(call, ledger);
        const number = await draftDirective(store, { ...call.body, by });
        return { status: 201, body: await readDirective(store, number) };
      },
    }),
    route({
      method: "POST",
      path: "/v1/directives/attestations",
      caller: WRITES,
      summary: "Say who is of which class, and whose accounts and credentials are",
      body: statementsShape,
      answers: z.object({ taken: z.int() }),
      async answer(_, call) {
        const by = await counselIn(call, ledger);
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
      answers: directiveShape,
      async answer(_, call) {
        const number = directiveNumber(idIn(call));
        await enforceDirective(store, { number, by: await counselIn(call, ledger) });
        await restrictions.refresh();
        return { status: 200, body: await readDirective(store, number) };
      },
    }),
    route({
      method: "POST",
      path: "/v1/directives/:id/exemptions",
      caller: WRITES,
      summary: "Let somebody pass whom a directive would turn away, for a time",
      body: exemptionShape,
      answers: directiveShape,
      async answer(_, call) {
        const number = directiveNumber(idIn(call));
        const { person, until, reason: why } = call.body;
        const by = await counselIn(call, ledger);
        const exempt = { ...placeOf(call.body), person, until, reason: why };
        await exemptFrom(store, { number, ...exempt, by });
        await restrictions.refresh();
        return { status: 200, body: await readDirective(store, number) };
      },
    }),
    route({
      method: "POST",
      path: "/v1/directives/:id/lift",
      caller: WRITES,
      summary: "Lift a directive; answers whom it turned away",
      body: z.strictObject({ reason }),
      answers: refusalsShape,
      async answer(_, call) {
        const number = directiveNumber(idIn(call));
        const by = await counselIn(call, ledger);
        await liftDirective(store, { number, reason: call.body.reason, by });
        await restrictions.refresh();
        return { status: 200, body: { refusals: await readRefusals(store, number) } };
      },
    }),
  ];
}

function auditOfDirectives({ store, ledger }: DirectiveRoutesOptions): readonly Route[] {
  const routes = auditRoutes(store, {
    path: "/v1/directives/audit",
    caller: READS,
    checkpointFile: DIRECTIVES_CHECKPOINT,
    problems: () => refusalProblems(store),
  });
  return routes.map((one) => ({
    ...one,
    async answer(request, call) {
      await counselIn(call, ledger);
      return one.answer(request, call);
    },
  }));
}

function idIn({ params }: Call): string {
  return params["id"] ?? "";
}

/** Who acts: never nobody, as before the first token is made other routes allow on this machine. Throws SW_TOKEN_NEEDED, SW_USER_REFUSED. */
async function counselIn({ person, token }: Call, ledger: Ledger): Promise<Counsel> {
  if (person !== undefined) return counselOf(ledger, person);
  if (token !== undefined) return { actor: `token:${token.id}` };
  throw new StillwatchError("SW_TOKEN_NEEDED");
}
