import { z } from "zod";
import { numberOf } from "../ledger/number-of.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { MOST_OPENED_AT_ONCE, noteFinding, openAccounts } from "../ledger/review/open-account.ts";
import { readReview } from "../ledger/review/read-plan.ts";
import {
  approvePolicy,
  proposePolicy,
  readPolicies,
  REVIEW_POLICY_SHAPE,
} from "../ledger/review/review-policy.ts";
import { FINDINGS } from "../ledger/tables.ts";
import { evidenceShape, reason } from "./case-shapes.ts";
import { personOf, type Route, route } from "./route.ts";

const DONE = { status: 200, body: {} } as const;
const accounts = z.array(z.string().min(1)).min(1).max(MOST_OPENED_AT_ONCE);

/** The routes by which people review a case: what it still takes, single accounts, and by which rules. */
export function reviewRoutes(ledger: Ledger): readonly Route[] {
  return [...accountRoutes(ledger), ...policyRoutes(ledger)];
}

function accountRoutes(ledger: Ledger): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v1/cases/:id/review",
      caller: { right: "look" },
      summary: "What the review of a case has shown, and what it still takes before a step unlocks",
      answers: z.object({
        plan: z.looseObject({ pending: z.array(z.string()), accounts: z.array(z.string()) }),
        policy: REVIEW_POLICY_SHAPE,
        policy_version: z.int(),
      }),
      async answer(_, { params }) {
        const found = await readReview(ledger, numberOf(params["id"] ?? ""));
        const { plan, policy, policyVersion } = found;
        return { status: 200, body: { plan, policy, policy_version: policyVersion } };
      },
    },
    route({
      method: "POST",
      path: "/v1/cases/:id/openings",
      caller: { right: "look" },
      summary: "The evidence on some accounts of a case; that they were opened goes into the audit",
      body: z.strictObject({ accounts }),
      answers: z.object({
        accounts: z.array(
          z.object({
            member: z.looseObject({ account: z.string() }),
            evidence: z.array(
              z.object({ signal: z.string(), sentence: z.string(), cites: z.array(z.string()) }),
            ),
            preserved: z.array(evidenceShape),
            findings: z.array(
              z.object({
                reviewer: z.string(),
                time: z.string(),
                finding: z.enum(FINDINGS),
                current: z.boolean(),
              }),
            ),
          }),
        ),
      }),
      async answer(_, call) {
        const number = numberOf(call.params["id"] ?? "");
        const opened = await openAccounts(ledger, { number, by: personOf(call), ...call.body });
        return { status: 200, body: { accounts: opened } };
      },
    }),
    route({
      method: "POST",
      path: "/v1/cases/:id/findings",
      caller: { right: "review" },
      summary: "Note what accounts were found to be, by somebody who opened each of them",
      body: z.strictObject({ accounts, finding: z.enum(FINDINGS), reason: reason.optional() }),
      async answer(_, call) {
        const { reason: why, ...body } = call.body;
        const found = { ...body, ...(why !== undefined && { reason: why }) };
        const number = numberOf(call.params["id"] ?? "");
        await noteFinding(ledger, { number, by: personOf(call), ...found });
        return DONE;
      },
    }),
  ];
}

function policyRoutes(ledger: Ledger): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v1/review-policies",
      caller: { right: "look" },
      summary: "The rules of reviews, the newest version first; without one, the default holds",
      answers: z.object({ policies: z.array(z.looseObject({ version: z.int() })) }),
      async answer() {
        const rows = await readPolicies(ledger);
        const policies = rows.map((row) => ({ ...row, policy: JSON.parse(row.policy) as object }));
        return { status: 200, body: { policies } };
      },
    },
    route({
      method: "POST",
      path: "/v1/review-policies",
      caller: { right: "policy" },
      summary: "Propose other rules; they hold once somebody else approves them",
      body: z.strictObject({ policy: REVIEW_POLICY_SHAPE, reason }),
      answers: z.object({ version: z.int() }),
      async answer(_, call) {
        const version = await proposePolicy(ledger, { ...call.body, by: personOf(call) });
        return { status: 200, body: { version } };
      },
    }),
    route({
      method: "POST",
      path: "/v1/review-policies/:version/approval",
      caller: { right: "policy" },
      summary: "Approve rules that somebody else proposed",
      body: z.strictObject({ reason }),
      async answer(_, call) {
        const version = Number(call.params["version"]);
        await approvePolicy(ledger, { version, by: personOf(call), ...call.body });
        return DONE;
      },
    }),
  ];
}
