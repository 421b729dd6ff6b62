import { z } from "zod";
import { decide, liftDecision } from "../ledger/decisions.ts";
import { numberOf } from "../ledger/number-of.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { readStep } from "../ledger/read-step.ts";
import { approveStep, breakGlass, proposeStep } from "../ledger/review/propose-step.ts";
import { simulateCase, type WeighedStep } from "../ledger/review/weigh-step.ts";
import { STEPS } from "../ledger/tables.ts";
import type { StepToTake } from "../ledger/take-step.ts";
import { moment, reason } from "./case-shapes.ts";
import { type Call, personOf, type Route, route } from "./route.ts";

const accounts = z
  .array(z.string().min(1))
  .min(1)
  .max(100_000)
  .optional()
  .describe("members of the case; what the review of the group allows where absent");
const step = z.enum(STEPS);
const stepShape = z.strictObject({
  step,
  accounts,
  reason_code: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/)
    .default("coordinated_harvest")
    .describe("for the gateway and the customer"),
  expires: moment.describe("every step ends"),
  reason,
});
const weighedShape = z.object({
  accounts: z.array(z.string()).describe("whom it would be about"),
  pending: z.array(z.string()).describe("whom somebody has yet to open"),
  left_out: z.int(),
  simulation: z.looseObject({ accounts: z.int() }),
  over: z.array(z.string()).describe("limits that it is over"),
  second: z.string().nullable().describe("why it takes a second person"),
});
const stepNowShape = z.object({
  case: z.string(),
  step,
  expires: z.string(),
  accounts: z.int(),
  lifted: z.int(),
  acknowledged: z
    .object({
      gateways: z.int(),
      acknowledged: z.int(),
      seconds: z.number().nullable(),
      missing: z.array(z.string()),
    })
    .nullable()
    .describe("as it is now, taken or taken back; null where that is over a week ago"),
});
const takenShape = z.object({ decision: z.string(), accounts: z.int() });

/** The routes by which people take steps on accounts, two of them where it hurts, and take them back. */
export function stepRoutes(ledger: Ledger): readonly Route[] {
  const caller = { right: "act" } as const;
  const body = stepShape;
  return [
    route({
      method: "POST",
      path: "/v1/cases/:id/simulation",
      caller: { right: "look" },
      summary: "What a step would be about and would touch, and what it still takes",
      body: z.strictObject({ step, accounts }),
      answers: weighedShape,
      async answer(_, { params, body: wanted }) {
        const number = numberOf(params["id"] ?? "");
        const weighed = await simulateCase(ledger, { number, ...named(wanted), step: wanted.step });
        return { status: 200, body: weighedBody(weighed) };
      },
    }),
    route({
      method: "POST",
      path: "/v1/cases/:id/steps",
      caller,
      summary: "Take a step, where one person may",
      body,
      answers: takenShape,
      async answer(_, call) {
        const { decision, accounts: about } = await decide(ledger, wantedOf(call));
        return { status: 200, body: { decision: `d${decision}`, accounts: about } };
      },
    }),
    route({
      method: "POST",
      path: "/v1/cases/:id/proposals",
      caller,
      summary: "Propose a step; it is taken once somebody else approves it",
      body,
      answers: z.object({ proposal: z.string(), lapses: z.string(), weighed: weighedShape }),
      async answer(_, call) {
        const { proposal, lapses, weighed } = await proposeStep(ledger, wantedOf(call));
        const said = { proposal: `p${proposal}`, lapses, weighed: weighedBody(weighed) };
        return { status: 200, body: said };
      },
    }),
    route({
      method: "POST",
      path: "/v1/cases/:id/emergency",
      caller,
      summary: "Take a step alone, for hours; somebody else must look at it afterwards",
      body,
      answers: z.object({ proposal: z.string(), decision: z.string(), weighed: weighedShape }),
      async answer(_, call) {
        const { proposal, decision, weighed } = await breakGlass(ledger, wantedOf(call));
        const ids = { proposal: `p${proposal}`, decision: `d${decision}` };
        return { status: 200, body: { ...ids, weighed: weighedBody(weighed) } };
      },
    }),
    route({
      method: "POST",
      path: "/v1/proposals/:id/approval",
      caller: { right: "approve" },
      summary: "Approve a step that somebody else proposed, and take it",
      body: z.strictObject({ reason }),
      answers: takenShape,
      async answer(_, call) {
        const proposal = numberOf(call.params["id"] ?? "", "p");
        const wanted = { proposal, by: personOf(call), ...call.body };
        const { decision, accounts: about } = await approveStep(ledger, wanted);
        return { status: 200, body: { decision: `d${decision}`, accounts: about } };
      },
    }),
    {
      method: "GET",
      path: "/v1/steps/:id",
      caller: { right: "look" },
      summary: "A step as it is now, and how many gateways know, after how long",
      answers: stepNowShape,
      async answer(_, { params }) {
        const now = await readStep(ledger, numberOf(params["id"] ?? "", "d"));
        const { acknowledged = null } = now;
        return { status: 200, body: { ...now, case: `c${now.case}`, acknowledged } };
      },
    },
    route({
      method: "POST",
      path: "/v1/steps/:id/lift",
      caller,
      summary: "Take a step back, as a whole or for some accounts",
      body: z.strictObject({ accounts, reason }),
      answers: z.object({ accounts: z.int() }),
      async answer(_, call) {
        const decision = numberOf(call.params["id"] ?? "", "d");
        const { reason: why } = call.body;
        const wanted = { decision, by: personOf(call), reason: why, ...named(call.body) };
        return { status: 200, body: { accounts: await liftDecision(ledger, wanted) } };
      },
    }),
  ];
}

function wantedOf(call: Call<unknown, z.output<typeof stepShape>>): StepToTake {
  const { step: what, reason_code: reasonCode, expires, reason: why } = call.body;
  const number = numberOf(call.params["id"] ?? "");
  const said = { number, step: what, reasonCode, expires, reason: why, by: personOf(call) };
  return { ...said, ...named(call.body) };
}

function named(body: { readonly accounts?: readonly string[] | undefined }) {
  return body.accounts === undefined ? {} : { accounts: body.accounts };
}

function weighedBody(weighed: WeighedStep): z.infer<typeof weighedShape> {
  const { accounts: about, pending, leftOut, simulation, over, second = null } = weighed;
  return {
    accounts: [...about],
    pending: [...pending],
    left_out: leftOut,
    simulation: { ...simulation },
    over: [...over],
    second,
  };
}
