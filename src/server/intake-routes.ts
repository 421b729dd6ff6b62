import type { IncomingMessage } from "node:http";
import type { InstallationSecret } from "../ingest/installation-secret.ts";
import { insertAccounts } from "../ingest/load-accounts.ts";
import type { Intake } from "../ingest/open-intake.ts";
import { readPost } from "../ingest/read-post.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { BodyRoom } from "./body-room.ts";
import type { IntakeGate } from "./intake-gate.ts";
import { LINES_TYPE, withBody } from "./open-body.ts";
import { Problem } from "./problem.ts";
import type { Answer, Route } from "./route.ts";
import { takeTraces } from "./take-traces.ts";

/** What the routes of intake work with. */
export interface IntakeRoutesOptions {
  readonly intake: Intake;
  readonly gate: IntakeGate;
  readonly room: BodyRoom;
  readonly warehouse: Warehouse;
  readonly secret: InstallationSecret;
  readonly now: () => Date;
}

/** What a sender is told: what was taken is durable, what was refused is named and needs not be sent again. */
interface Receipt {
  readonly taken: number;
  readonly refused: number;
  /** The first 100. */
  readonly refusals: readonly { readonly line: number; readonly reason: string }[];
}

/** The routes by which traffic comes in. */
export function intakeRoutes(options: IntakeRoutesOptions): readonly Route[] {
  const { intake } = options;
  return [
    {
      method: "POST",
      path: "/v1/exchanges",
      caller: "intake:write",
      answer: (request) => takeExchanges(request, options, false),
    },
    {
      method: "POST",
      path: "/v1/litellm",
      caller: "intake:write",
      // LiteLLM's logger forgets what it could not send.
      answer: (request) => takeExchanges(request, options, true),
    },
    // OpenRouter's Broadcast may be told to use either method.
    ...(["POST", "PUT"] as const).map((method) => ({
      method,
      path: "/v1/traces",
      caller: "intake:write" as const,
      answer: (request: IncomingMessage) => takeTraces(request, options),
    })),
    {
      method: "POST",
      path: "/v1/accounts",
      caller: "intake:write",
      answer: (request) => takeAccounts(request, options),
    },
    {
      method: "GET",
      path: "/v1/status",
      caller: "status:read",
      answer: () => Promise.resolve({ status: 200, body: intake.state() }),
    },
    {
      method: "GET",
      path: "/health",
      caller: "anyone",
      answer: () => Promise.resolve({ status: 200, body: { status: "up" } }),
    },
  ];
}

async function takeExchanges(
  request: IncomingMessage,
  { intake, gate, room, now }: IntakeRoutesOptions,
  forgetful: boolean,
): Promise<Answer> {
  await gate.assertOpen(forgetful);
  return withBody(request, { room, type: LINES_TYPE }, async (chunks) => {
    const post = await readPost(chunks, { reading: {}, now: now() });
    await intake.take(post);
    const { rows, refused, refusals, aside } = post;
    return receipt({ taken: rows, refused, refusals }, { aside });
  });
}

async function takeAccounts(
  request: IncomingMessage,
  { gate, room, warehouse, secret }: IntakeRoutesOptions,
): Promise<Answer> {
  await gate.assertOpen(false);
  return withBody(request, { room, type: LINES_TYPE }, async (chunks) => {
    const totals = await insertAccounts(chunks, { warehouse, secret, file: "" });
    const refusals = totals.rejections.map(({ line, reason }) => ({ line, reason }));
    const { accepted, rejected, ignored } = totals;
    return receipt({ taken: accepted, refused: rejected, refusals }, { ignored });
  });
}

function receipt(what: Receipt, more: object): Answer {
  if (what.taken === 0 && what.refused > 0) throw new Problem("SW_LINES_REFUSED", what);
  return { status: 200, body: { ...what, ...more } };
}
